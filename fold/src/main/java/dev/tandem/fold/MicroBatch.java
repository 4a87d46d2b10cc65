package dev.tandem.fold;

import dev.tandem.fold.Changes.Duplicate;
import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.OpenViews.Waits;
import dev.tandem.fold.Prepared.Exit;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The taking in of one micro-batch: decides each record's fate and tells which groups change. */
final class MicroBatch {
    private record Refusal(int view, Span window) {}

    private final FoldPlan plan;
    private final OpenViews views;
    private final KeyMemory keys;
    private final OpenViews.Moment now;
    private final RowChanges rows;
    private final Touching touching = new Touching();
    private final List<Prepared> landed = new ArrayList<>();
    private final List<Prepared> quarantined = new ArrayList<>();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private final List<Prepared> events = new ArrayList<>();
    private final Map<String, List<Prepared>> branches = new TreeMap<>();
    private final Map<String, Long> unmatched = new TreeMap<>();
    private final Map<Integer, Fates> fates = new TreeMap<>();
    private long highestEvent = Long.MIN_VALUE;

    MicroBatch(FoldPlan plan, OpenViews views, KeyMemory keys, RowChanges rows, Watermarks watermarks) {
        this.plan = plan;
        this.views = views;
        this.keys = keys;
        this.rows = rows;
        this.now = OpenViews.Moment.now(watermarks);
    }

    void take(Prepared record) {
        fates.merge(record.at().partition(), fateOf(record), Fates::plus);
    }

    /** Of the records that are not quarantined; {@link Long#MIN_VALUE} if there are none. */
    long highestEvent() {
        return highestEvent;
    }

    /** Ends it. */
    Changes changes(long number, long highestEver) {
        rows.settle();
        keys.forgetBefore(now.then().close());
        views.waiting().closedBy(now.then().close());
        return new Changes(
                number,
                now.then(),
                landed,
                quarantined,
                duplicates,
                late,
                rows.rows(),
                rows.gone(),
                events,
                branches,
                unmatched,
                fates,
                highestEver,
                views.waiting().records(),
                rows.closed());
    }

    private Fates fateOf(Prepared record) {
        if (record.rejection().isPresent()) {
            quarantined.add(record);
            return Fates.QUARANTINED;
        }
        highestEvent = Math.max(highestEvent, record.eventMicros());
        var exit = record.exit();
        if (exit.isPresent() && !exit.get().afterDedup()) {
            return lead(record, exit.get());
        }
        var first = keys.firstOf(record);
        if (first.isPresent()) {
            duplicates.add(new Duplicate(record, first.get()));
            return Fates.DUPLICATE;
        }
        var part = Part.of(record);
        var replaced = keys.replaced(record, part);
        replaced.ifPresent(it -> views.takeBack(it, now, touching));
        var fate = exit.isPresent()
                ? lead(record, exit.get())
                : count(record, part, replaced.isPresent() ? Waits.NO : Waits.YES);
        return replaced.isPresent() ? Fates.DUPLICATE : fate;
    }

    /** Leads a record out of the pipeline. */
    private Fates lead(Prepared record, Exit exit) {
        land(record);
        exit.branch()
                .ifPresent(branch -> branches.computeIfAbsent(branch, key -> new ArrayList<>())
                        .add(record));
        return exit.branch().isPresent() ? Fates.SPLIT : Fates.FILTERED;
    }

    private void land(Prepared record) {
        landed.add(record);
        record.unmatched().forEach(dimension -> unmatched.merge(dimension, 1L, Long::sum));
    }

    private Fates count(Prepared record, Part part, Waits waits) {
        land(record);
        events.add(record);
        touching.refusals.clear();
        int taken = views.place(part, waits, now, touching);
        boolean refused = !touching.refusals.isEmpty();
        for (var refusal : touching.refusals) {
            var view = plan.grouped().get(refusal.view()).name();
            late.add(new Late(record, view, refusal.window(), taken == 0));
        }
        if (refused && taken == 0) {
            return Fates.LATE;
        }
        return refused ? Fates.LATE_IN_PART : Fates.ACCEPTED;
    }

    /** Tells the rows which groups change, and keeps what was refused until it is known whether any window took the record. */
    private final class Touching implements OpenViews.Witness {
        private final List<Refusal> refusals = new ArrayList<>();

        @Override
        public void refused(int view, Span window) {
            refusals.add(new Refusal(view, window));
        }

        @Override
        public void changed(int view, Span window, List<@Nullable Object> key, Group group) {
            rows.touch(view, window, key, group);
        }

        @Override
        public void departed(int view, Span window, List<@Nullable Object> key, Group group) {
            rows.depart(view, window, key, group);
        }
    }
}
