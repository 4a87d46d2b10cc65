package dev.tandem.fold.stream;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.fold.group.Group;
import dev.tandem.fold.group.Groups;
import dev.tandem.fold.group.Waiting;
import dev.tandem.fold.session.Point;
import dev.tandem.fold.session.Sessions;
import dev.tandem.model.Dedup;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open windows of all views: where records are counted, and taken back from where a later copy counts instead. */
public final class OpenViews {
    /** Sees what happens to the groups; a replay has none that cares. */
    public interface Witness {
        Witness NONE = new Witness() {};

        default void changed(int view, Span window, List<@Nullable Object> key, Group group) {}

        /** The group has left {@code window}, or will be none in it. */
        default void departed(int view, Span window, List<@Nullable Object> key, Group group) {}
    }

    private final FoldPlan plan;
    private final List<Groups> groups = new ArrayList<>();
    private final List<Optional<Sessions>> sessions = new ArrayList<>();
    private final Waiting waiting = new Waiting();

    public OpenViews(FoldPlan plan) {
        this.plan = plan;
        boolean takesBack = plan.keep() == Dedup.Keep.LAST;
        for (int view = 0; view < plan.grouped().size(); view++) {
            long gap = plan.gapMicros(view);
            // The groups of sessions are made anew from their records where one is taken back.
            var its = new Groups(plan.arguments().get(view), gap > 0 ? Dedup.Keep.FIRST : plan.keep());
            groups.add(its);
            sessions.add(gap > 0 ? Optional.of(new Sessions(its, gap, takesBack)) : Optional.empty());
        }
    }

    public Groups of(int view) {
        return groups.get(view);
    }

    Waiting waiting() {
        return waiting;
    }

    /** When a record is counted: the watermarks of its micro-batch, and until where windows have closed meanwhile. */
    record Moment(Watermarks then, long closedMeanwhile) {
        static Moment now(Watermarks watermarks) {
            return new Moment(watermarks, Long.MIN_VALUE);
        }
    }

    /** Counts one contribution of a record in each window that takes it; a {@code ticket} counts the sessions it is in. */
    void place(
            RetractableRecord record,
            Contribution contribution,
            Waiting.@Nullable Ticket ticket,
            Moment moment,
            Witness witness) {
        int view = contribution.view();
        var its = sessions.get(view);
        for (var window : plan.window(view).spansOf(Instants.ofMicros(record.eventMicros()))) {
            if (moment.then().refuses(window)) {
                continue;
            }
            if (its.isPresent()) {
                var point = new Point(record.eventMicros(), record.at(), contribution.arguments());
                var placed = its.get()
                        .add(
                                contribution.key(),
                                point,
                                ticket == null ? null : ticket.inOneMore(),
                                (from, key, group) -> witness.departed(view, from, key, group));
                witness.changed(view, placed.window(), contribution.key(), placed.group());
            } else if (Watermarks.endMicros(window) > moment.closedMeanwhile()) {
                var group = groups.get(view).group(window, contribution.key());
                group.add(contribution.arguments(), record.eventMicros(), record.at());
                witness.changed(view, window, contribution.key(), group);
            }
        }
    }

    /** Counts one contribution of a record to a session as a batch does; see {@link Sessions#count}. */
    public void countInSession(
            RetractableRecord record, Contribution contribution, boolean waits, Waiting.@Nullable Ticket ticket) {
        var point = new Point(record.eventMicros(), record.at(), contribution.arguments());
        sessions.get(contribution.view()).orElseThrow().count(contribution.key(), point, waits, ticket);
    }

    /** Records that {@link #countInSession} counted and that wait for nothing but a session that ends after {@code close}. */
    public long waitingInSessions(long close) {
        Set<Waiting.Ticket> tickets = Collections.newSetFromMap(new IdentityHashMap<>());
        long records = sessions.stream()
                .mapToLong(its -> its.map(it -> it.waiting(close, tickets)).orElse(0L))
                .sum();
        return records + tickets.size();
    }

    /** Takes the part of a record back from all windows that are still open. */
    void takeBack(RetractableRecord record, Moment moment, Witness witness) {
        for (var contribution : record.contributions()) {
            int view = contribution.view();
            var key = contribution.key();
            var its = sessions.get(view);
            if (its.isPresent()) {
                its.get()
                        .takeBack(
                                key,
                                record.at(),
                                ticket -> waiting.left(ticket, moment.then().close()),
                                (from, ofKey, group) -> witness.departed(view, from, ofKey, group))
                        .forEach(placed -> witness.changed(view, placed.window(), key, placed.group()));
            } else {
                takeBackFixed(record, contribution, moment, witness);
            }
        }
    }

    private void takeBackFixed(RetractableRecord record, Contribution contribution, Moment moment, Witness witness) {
        int view = contribution.view();
        for (var window : plan.window(view).spansOf(Instants.ofMicros(record.eventMicros()))) {
            if (!moment.then().refuses(window) && Watermarks.endMicros(window) > moment.closedMeanwhile()) {
                var group = groups.get(view).group(window, contribution.key());
                group.remove(contribution.arguments(), record.eventMicros(), record.at());
                witness.changed(view, window, contribution.key(), group);
            }
        }
    }

    /** Forgets a window that has closed. */
    void close(int view, Span window, Watermarks watermarks) {
        var its = sessions.get(view);
        if (its.isPresent()) {
            its.get().close(window, ticket -> waiting.left(ticket, watermarks.close()));
        } else {
            groups.get(view).forget(window);
        }
    }

    /** Writes all groups, the sessions and what waits for them. */
    void write(StateSink sink) {
        groups.forEach(its -> its.write(sink));
        Set<Waiting.Ticket> tickets = Collections.newSetFromMap(new IdentityHashMap<>());
        sessions.forEach(its -> its.ifPresent(it -> it.tickets(tickets)));
        var numbers = new IdentityHashMap<Waiting.Ticket, Integer>();
        sink.items(tickets.iterator(), (out, ticket) -> {
            numbers.put(ticket, numbers.size());
            ticket.write(out);
        });
        sessions.forEach(its -> its.ifPresent(it -> it.write(sink, numbers)));
        var rest = new BlockWriter();
        waiting.write(rest);
        sink.chunk(rest);
    }

    /** Takes in what {@link #write} of the same views wrote; this must be new. */
    void read(StateSource source) {
        groups.forEach(its -> its.read(source));
        var tickets = new ArrayList<Waiting.Ticket>();
        source.items(in -> tickets.add(Waiting.Ticket.read(in)));
        sessions.forEach(its -> its.ifPresent(it -> it.read(source, tickets)));
        waiting.read(source.chunk());
    }

    /** In a replay: forgets the windows that do not move and had closed by {@code micros}. */
    void closeFixed(long micros) {
        for (int view = 0; view < groups.size(); view++) {
            if (sessions.get(view).isEmpty()) {
                groups.get(view).endedBy(micros).forEach(groups.get(view)::forget);
            }
        }
    }

    /** In a replay: forgets the sessions that had closed by {@code micros}, so that none meets a later record. */
    void closeSessions(long micros, Watermarks watermarks) {
        for (int view = 0; view < groups.size(); view++) {
            if (sessions.get(view).isPresent()) {
                for (var window : groups.get(view).endedBy(micros)) {
                    close(view, window, watermarks);
                }
            }
        }
    }

    /** In a replay: forgets the groups from which all was taken back. */
    void dropEmpty() {
        if (plan.keep() == Dedup.Keep.LAST) {
            groups.forEach(Groups::dropEmpty);
        }
    }

    boolean anyOpen() {
        return lastEnd() != Long.MIN_VALUE;
    }

    long lastEnd() {
        return groups.stream().mapToLong(Groups::lastEnd).max().orElse(Long.MIN_VALUE);
    }

    public long size() {
        return groups.stream().mapToLong(Groups::size).sum();
    }
}
