package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.Prepared.Exit;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.session.Point;
import dev.tandem.fold.session.SessionReplay;
import dev.tandem.fold.stream.SeenKeys;
import dev.tandem.model.Instants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the last copy counts: what both modes keep of each key. Which copy counts is known when all have come, so nothing is
 * counted before.
 */
final class LastCopies {
    /** What came of one key. */
    static final class Copies {
        private Prepared last;
        private Optional<Watermarks> then = Optional.empty();
        private @Nullable RetractableRecord remembered;
        private long rememberedIn;
        private final List<Placement> standing = new ArrayList<>();
        private final Set<Coordinates> forgotten = new HashSet<>();

        private Copies(Prepared first) {
            last = first;
        }

        /** The copy that counts. */
        RetractableRecord last() {
            return RetractableRecord.of(last);
        }

        Optional<Exit> exit() {
            return last.exit();
        }

        List<String> unmatched() {
            return last.unmatched();
        }

        /** The watermarks of the micro-batch that it came in; empty where only the batch is counted. */
        Optional<Watermarks> then() {
            return then;
        }

        /** What the stream did not take back. */
        List<Placement> standing() {
            return standing;
        }

        /** Whether the stream had forgotten the copy when the next one came. */
        boolean forgotten(Coordinates at) {
            return forgotten.contains(at);
        }
    }

    private final FoldPlan plan;
    private final Map<Integer, SessionCount> sessions;
    private final Map<Identity, Copies> byIdentity = new HashMap<>();
    private final Set<Coordinates> superseded = new HashSet<>();

    LastCopies(FoldPlan plan, Map<Integer, SessionCount> sessions) {
        this.plan = plan;
        this.sessions = sessions;
    }

    /** Takes the next copy of a key; whether it is the first. */
    boolean take(Identity identity, Prepared record) {
        var copies = byIdentity.get(identity);
        if (copies == null) {
            byIdentity.put(identity, new Copies(record));
            return true;
        }
        superseded.add(copies.last.at());
        copies.last = record;
        return false;
    }

    /** Does with the copy just taken what the stream did in {@code microBatch}. */
    void stream(Identity identity, long microBatch, Watermarks then) {
        var copies = byIdentity.get(identity);
        if (copies != null) {
            copies.then = Optional.of(then);
            stream(copies, copies.last(), microBatch, then);
        }
    }

    private void stream(Copies copies, RetractableRecord part, long microBatch, Watermarks then) {
        var before = copies.remembered;
        boolean forgets = microBatch != copies.rememberedIn;
        copies.remembered = part;
        copies.rememberedIn = microBatch;
        if (before != null) {
            if (forgets && isForgotten(before, then)) {
                copies.forgotten.add(before.at());
            } else {
                copies.remembered = before.replacedBy(part);
                takeBack(copies, before, part.at(), microBatch, then);
            }
        }
        for (var contribution : part.contributions()) {
            place(copies, part, contribution, microBatch, then);
        }
    }

    /** Keys are forgotten when a micro-batch ends. */
    private boolean isForgotten(RetractableRecord part, Watermarks then) {
        return SeenKeys.isForgotten(part.rememberedMicros(), plan.horizonMicros(), then.late());
    }

    private void takeBack(Copies copies, RetractableRecord before, Coordinates by, long microBatch, Watermarks then) {
        copies.standing.removeIf(it -> it.part().at().equals(before.at()) && !then.refuses(it.window()));
        var told = new HashSet<List<Object>>();
        for (var contribution : before.contributions()) {
            var its = sessions.get(contribution.view());
            if (its != null && told.add(List.of(contribution.view(), contribution.key()))) {
                its.stream(contribution.key(), new SessionReplay.Entry(microBatch, then, by, null, before.at()));
            }
        }
    }

    private void place(
            Copies copies, RetractableRecord part, Contribution contribution, long microBatch, Watermarks then) {
        var its = sessions.get(contribution.view());
        if (its != null) {
            var point = new Point(part.eventMicros(), part.at(), contribution.arguments());
            its.stream(contribution.key(), new SessionReplay.Entry(microBatch, then, part.at(), point, null));
            return;
        }
        for (var window : plan.window(contribution.view()).spansOf(Instants.ofMicros(part.eventMicros()))) {
            if (!then.refuses(window)) {
                copies.standing.add(new Placement(part, contribution, window));
            }
        }
    }

    /** The positions of the copies that a later one has replaced. */
    Set<Coordinates> superseded() {
        return superseded;
    }

    /** Gives what came of each key, and forgets it. */
    void drain(Consumer<Copies> action) {
        byIdentity.values().forEach(action);
        byIdentity.clear();
    }

    boolean isEmpty() {
        return byIdentity.isEmpty();
    }
}
