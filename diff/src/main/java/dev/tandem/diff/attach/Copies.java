package dev.tandem.diff.attach;

import dev.tandem.fold.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The records of one key in the order of their arrival, and which of them is asked about.
 *
 * @param mine counted from 0
 */
record Copies(List<Copy> all, int mine) {
    /** A record without a key, or the only one of it. */
    static final Copies NONE = new Copies(List.of(), 0);

    /**
     * One of them.
     *
     * @param lastEnd the end of the last window of the view that it falls into
     * @param watermarks without delay, by clock; none where no clock was past its event
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Copy(Coordinates at, long event, long arrivedMillis, long lastEnd, long[] watermarks) {
        long watermark(int clock) {
            return watermarks.length == 0 ? RunningClock.NONE : watermarks[clock];
        }
    }

    boolean repeated() {
        return all.size() > 1;
    }

    /** Whether a job that remembers every key counts this one. */
    boolean counts(boolean last) {
        return !repeated() || mine == (last ? all.size() - 1 : 0);
    }

    /** For which delays the dedup lets this record pass, its own lateness left aside. */
    List<DelaySpan> passes(int clock, Lateness lateness, Duplicates duplicates) {
        if (!repeated() || duplicates.kind() == Duplicates.Kind.COUNTED) {
            return List.of(DelaySpan.ALL);
        }
        if (duplicates.kind() == Duplicates.Kind.FIRST) {
            return mine == 0 ? List.of(DelaySpan.ALL) : List.of();
        }
        var chain = new Chain(this, clock, lateness, duplicates);
        var spans = new ArrayList<DelaySpan>();
        long after = Lateness.NEVER;
        for (long point : chain.points()) {
            if (chain.passes(point)) {
                spans.add(new DelaySpan(after, point));
            }
            after = point;
        }
        if (chain.passes(after + 1)) {
            spans.add(new DelaySpan(after, Long.MAX_VALUE));
        }
        return DelaySpan.joined(spans);
    }

    /** The copies played through one after the other, for one delay at a time. */
    private record Chain(Copies copies, int clock, Lateness lateness, Duplicates duplicates) {
        /** The delays at which something changes; from one to the next, the next included, nothing does. */
        TreeSet<Long> points() {
            var points = new TreeSet<Long>();
            var all = copies.all();
            for (int later = 0; later < all.size(); later++) {
                var copy = all.get(later);
                points.add(lateness.dropped(copy.watermark(clock), copy.event(), copy.lastEnd()));
                for (int first = 0; first < later && copy.watermark(clock) != RunningClock.NONE; first++) {
                    points.add(forgottenUpTo(all.get(first), copy));
                }
            }
            points.removeIf(point -> point < 0);
            return points;
        }

        /** The longest delay by which the key of {@code first} is forgotten when {@code later} comes. */
        private long forgottenUpTo(Copy first, Copy later) {
            long passed = later.watermark(clock) - first.event();
            return switch (duplicates.kind()) {
                case WITHIN_DELAY -> Math.floorDiv(passed, 2L);
                case WITHIN_EVENT_TIME -> passed - duplicates.horizonMicros();
                case COUNTED, FIRST, FIRST_IN_TIME, LAST, WITHIN_ARRIVAL -> Lateness.NEVER;
            };
        }

        boolean passes(long delay) {
            return switch (duplicates.kind()) {
                case COUNTED -> true;
                case FIRST -> copies.mine() == 0;
                case FIRST_IN_TIME ->
                    copies.all().subList(0, copies.mine()).stream().allMatch(it -> isLate(it, delay));
                case LAST ->
                    copies.all().subList(copies.mine() + 1, copies.all().size()).stream()
                            .allMatch(it -> isLate(it, delay));
                case WITHIN_DELAY, WITHIN_EVENT_TIME, WITHIN_ARRIVAL -> remembered(delay) == copies.mine();
            };
        }

        private boolean isLate(Copy copy, long delay) {
            return delay <= lateness.dropped(copy.watermark(clock), copy.event(), copy.lastEnd());
        }

        /** Which copy is the remembered one after this one was read: itself, if it was let pass. */
        private int remembered(long delay) {
            int remembered = -1;
            for (int index = 0; index <= copies.mine(); index++) {
                var copy = copies.all().get(index);
                boolean dropped = lateness.dropsFirst() && isLate(copy, delay);
                if (!dropped && (remembered < 0 || isForgotten(copies.all().get(remembered), copy, delay))) {
                    remembered = index;
                }
            }
            return remembered;
        }

        private boolean isForgotten(Copy first, Copy later, long delay) {
            if (duplicates.kind() == Duplicates.Kind.WITHIN_ARRIVAL) {
                return (later.arrivedMillis() - first.arrivedMillis()) * 1_000 >= duplicates.horizonMicros();
            }
            return later.watermark(clock) != RunningClock.NONE && delay <= forgottenUpTo(first, later);
        }
    }
}
