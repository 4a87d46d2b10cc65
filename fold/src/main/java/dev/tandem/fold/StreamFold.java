package dev.tandem.fold;

import dev.tandem.fold.OpenViews.Waits;
import dev.tandem.fold.OpenViews.Witness;
import dev.tandem.model.Window.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream's whole state and the one function that moves it: a micro-batch of records in, {@link Changes} out. It is a function
 * of the records and of where the micro-batches were cut, nothing else, so the same log and ledger always give the same state:
 * that is how it is rebuilt after a crash, and how every number can be proven.
 *
 * <p>Why not Spark's stateful operators: they commit apart from the database, drop late rows and duplicates without saying which,
 * and refuse session windows, exact distinct counts and several of them in a row in update mode. The price is that a pipeline's
 * open windows and remembered keys live in one process.
 *
 * <p>One thread. After a failed commit the state is ahead of the database: throw it away and rebuild.
 */
public final class StreamFold {
    private final FoldPlan plan;
    private final OpenViews views;
    private final KeyMemory keys;
    private final WrittenTops tops;
    private Watermarks watermarks = Watermarks.NONE;
    private long highestEvent = Long.MIN_VALUE;
    private long number;

    public StreamFold(FoldPlan plan) {
        this.plan = plan;
        this.views = new OpenViews(plan);
        this.keys = new KeyMemory(plan);
        this.tops = new WrittenTops(plan);
    }

    /** Takes in the next micro-batch, its records in the order in which they are landed. */
    public Changes apply(List<Prepared> records) {
        return apply(records, Long.MIN_VALUE);
    }

    /** Moves the watermark to {@code micros} without records, as when the source has been silent for the stated time. */
    public Changes closeUntil(long micros) {
        return apply(List.of(), micros);
    }

    /** Closes every window that is open, as when the source has ended. */
    public Changes closeAll() {
        return apply(List.of(), views.lastEnd());
    }

    private Changes apply(List<Prepared> records, long atLeast) {
        number++;
        var reached = highestEvent == Long.MIN_VALUE ? Long.MIN_VALUE : highestEvent - plan.delayMicros();
        watermarks = watermarks.next(Math.max(reached, atLeast));
        var rows = new RowChanges(plan, views, tops, watermarks);
        var batch = new MicroBatch(plan, views, keys, rows, watermarks);
        for (var record : records) {
            batch.take(record);
        }
        highestEvent = Math.max(highestEvent, batch.highestEvent());
        return batch.changes(number, highestEvent);
    }

    public long number() {
        return number;
    }

    public Watermarks watermarks() {
        return watermarks;
    }

    public long waitingNow() {
        return views.waiting().records();
    }

    /** Whether a window is open that the passing of time could close. */
    public boolean anyOpen() {
        return views.anyOpen();
    }

    /** How many groups are open and keys remembered. */
    public long stateRows() {
        return views.size() + keys.size();
    }

    /** Puts the position back after a restart; see {@link Rebuilding}. */
    void continueFrom(long lastNumber, Watermarks last, long highest) {
        number = lastNumber;
        watermarks = last;
        highestEvent = highest;
    }

    /** Before the records of a micro-batch are replayed: forgets what had closed and was forgotten by then. */
    void replayFrom(Watermarks then) {
        keys.forgetBefore(then.late());
        views.closeSessions(then.late(), watermarks);
        views.dropEmpty();
    }

    /** Takes in again a record that was landed before the restart, in the windows that took it then and are still open. */
    void replay(Prepared record, Watermarks then) {
        var exit = record.exit();
        if (exit.isPresent() && !exit.get().afterDedup()) {
            return;
        }
        keys.firstOf(record);
        var part = Part.of(record);
        var moment = new OpenViews.Moment(then, watermarks.close());
        var replaced = keys.replaced(record, part);
        replaced.ifPresent(it -> views.takeBack(it, moment, Witness.NONE));
        views.place(part, replaced.isPresent() ? Waits.NO : Waits.YES, moment, Witness.NONE);
    }

    void continueRevision(String view, Span window, List<@Nullable Object> key, int revision) {
        for (int index = 0; index < plan.grouped().size(); index++) {
            if (plan.grouped().get(index).name().equals(view)) {
                var group = views.of(index).in(window).get(key);
                if (group != null) {
                    group.continueFrom(revision);
                }
            }
        }
        if (!key.isEmpty() && key.get(0) instanceof Long rank) {
            tops.continueRevision(view, window, rank, revision);
        }
    }

    /** Ends a rebuilding: forgets what was forgotten, and knows again which ranks stand written. */
    void settle() {
        keys.forgetBefore(watermarks.close());
        views.closeSessions(watermarks.close(), watermarks);
        views.dropEmpty();
        views.waiting().closedBy(watermarks.close());
        for (int view = 0; view < plan.grouped().size(); view++) {
            tops.settle(view, views.of(view));
        }
    }
}
