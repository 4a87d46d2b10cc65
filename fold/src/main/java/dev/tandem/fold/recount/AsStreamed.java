package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.group.Groups;
import dev.tandem.fold.recount.PartLog.Share;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.fold.session.Point;
import dev.tandem.fold.session.SessionReplay;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts a part of the log as the stream must have, and notes each record on which the batch parts from it. */
final class AsStreamed {
    /** In which micro-batch a record came, and which modes count it (before windows are asked). */
    record Admission(long microBatch, Watermarks then, boolean counted, boolean streamed) {}

    private final FoldPlan plan;
    private final List<Groups> groups;
    private final Map<Integer, SessionCount> sessions;
    private final Deviations deviations;
    private final Arrivals arrivals;
    /** Keys whose first copy the stream took for a later one. */
    private final Set<Identity> passedOver = new HashSet<>();

    private PartLog log = PartLog.NONE;

    /** Counts into the stream's side of {@code rows}. */
    AsStreamed(FoldPlan plan, CountedRows rows, Arrivals arrivals) {
        this.plan = plan;
        this.groups = rows.stream;
        this.sessions = rows.sessions;
        this.deviations = rows.deviations;
        this.arrivals = arrivals;
    }

    /** Reports each contribution of a record from now on, except those to sessions, which are not known yet. */
    void tellTo(PartLog partLog) {
        log = partLog;
    }

    private void tell(Placement placement, Share share) {
        if (log != PartLog.NONE) {
            log.take(placement.piece(), share);
        }
    }

    void take(Prepared record, RetractableRecord part, Admission came) {
        var gained = gained(record, came);
        var kinds = EnumSet.noneOf(Deviation.class);
        long earliestRefused = Long.MAX_VALUE;
        for (var contribution : part.contributions()) {
            var its = sessions.get(contribution.view());
            if (its != null && came.streamed()) {
                its.stream(contribution.key(), entry(part, contribution, came));
            }
            var windows = plan.window(contribution.view()).spansOf(Instants.ofMicros(part.eventMicros()));
            var lost = came.streamed() ? lost(windows, came.then()) : Deviation.DUP_CHOICE;
            for (var window : windows) {
                boolean taken = came.streamed() && !came.then().refuses(window);
                var kind = taken ? gained : lost;
                if (its == null) {
                    place(new Placement(part, contribution, window), came, taken, kind);
                }
                if (came.streamed() && !taken) {
                    earliestRefused = Math.min(earliestRefused, Watermarks.endMicros(window));
                }
                if (taken != came.counted()) {
                    kinds.add(kind);
                }
            }
        }
        tell(kinds, part.at());
        if (earliestRefused != Long.MAX_VALUE) {
            arrivals.missed(came.then().late() - earliestRefused);
        }
    }

    private static SessionReplay.Entry entry(RetractableRecord part, Contribution contribution, Admission came) {
        var point = new Point(part.eventMicros(), part.at(), contribution.arguments());
        return new SessionReplay.Entry(came.microBatch(), came.then(), part.at(), point, null);
    }

    /** Counts in a window that is known, {@code taken} where the stream counts; {@code kind} is why if one mode alone does. */
    private void place(Placement placement, Admission came, boolean taken, Deviation kind) {
        var window = new Arrivals.Window(placement.view(), placement.window());
        arrivals.note(window, came.microBatch(), came.counted(), taken);
        if (taken) {
            add(placement);
        }
        if (taken || came.counted()) {
            tell(placement, Share.of(came.counted(), taken, kind));
        }
        if (taken != came.counted()) {
            deviations.note(placement.row(), kind, placement.part().at());
        }
    }

    private void add(Placement placement) {
        groups.get(placement.view()).add(placement.window(), placement.contribution(), placement.part());
    }

    /** What it is if the stream counts the record and the batch does not. */
    private Deviation gained(Prepared record, Admission came) {
        if (came.counted() && !came.streamed()) {
            record.identity().ifPresent(passedOver::add);
        }
        return came.streamed() && record.identity().filter(passedOver::remove).isPresent()
                ? Deviation.DUP_CHOICE
                : Deviation.DUP_HORIZON;
    }

    private static Deviation lost(List<Span> windows, Watermarks then) {
        return windows.stream().allMatch(then::refuses) ? Deviation.LATE : Deviation.LATE_PARTIAL;
    }

    /** Where the latest version counts: counts the version of a key that is left. */
    void settle(LastCopies.Copies copies) {
        copies.then().ifPresent(then -> noteRefused(copies.last(), then));
        var stale = new TreeMap<Coordinates, Deviation>();
        for (var it : copies.standing()) {
            add(it);
            var at = it.part().at();
            if (!at.equals(copies.last().at())) {
                var kind = copies.forgotten(at) ? Deviation.DUP_HORIZON : Deviation.DUP_CHOICE;
                stale.put(at, kind);
                deviations.note(it.row(), kind, at);
            }
        }
        stale.forEach((at, kind) -> tell(Set.of(kind), at));
        if (log != PartLog.NONE) {
            tellParts(copies, stale);
        }
    }

    private void tellParts(LastCopies.Copies copies, Map<Coordinates, Deviation> stale) {
        var last = copies.last();
        var standing = new ArrayList<>(copies.standing());
        for (var contribution : last.contributions()) {
            if (sessions.containsKey(contribution.view())) {
                continue;
            }
            var windows = plan.window(contribution.view()).spansOf(Instants.ofMicros(last.eventMicros()));
            for (var window : windows) {
                var placement = new Placement(last, contribution, window);
                boolean stands = removeFirst(
                        standing,
                        it -> it.part().at().equals(last.at())
                                && it.contribution().equals(contribution)
                                && it.window().equals(window));
                boolean refused =
                        copies.then().filter(then -> then.refuses(window)).isPresent();
                var why = refused ? lost(windows, copies.then().orElseThrow()) : Deviation.DUP_CHOICE;
                tell(placement, Share.of(true, stands, why));
            }
        }
        for (var it : standing) {
            var why = stale.getOrDefault(it.part().at(), Deviation.DUP_CHOICE);
            tell(it, Share.of(false, true, why));
        }
    }

    private static <T> boolean removeFirst(List<T> all, Predicate<T> wanted) {
        for (int index = 0; index < all.size(); index++) {
            if (wanted.test(all.get(index))) {
                all.remove(index);
                return true;
            }
        }
        return false;
    }

    private void noteRefused(RetractableRecord last, Watermarks then) {
        var kinds = EnumSet.noneOf(Deviation.class);
        for (var contribution : last.contributions()) {
            int view = contribution.view();
            var windows = plan.window(view).spansOf(Instants.ofMicros(last.eventMicros()));
            var lost = lost(windows, then);
            for (var window : windows) {
                if (then.refuses(window)) {
                    kinds.add(lost);
                    if (!sessions.containsKey(view)) {
                        deviations.note(new RowKey(view, window, contribution.key()), lost, last.at());
                    }
                }
            }
        }
        tell(kinds, last.at());
    }

    private void tell(Set<Deviation> kinds, Coordinates at) {
        for (var kind : kinds) {
            if (kind == Deviation.DUP_CHOICE) {
                deviations.find(kind, at);
            } else {
                deviations.count(kind);
            }
        }
    }
}
