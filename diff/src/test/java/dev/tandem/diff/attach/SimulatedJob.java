package dev.tandem.diff.attach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A streaming job as a textbook has it: it takes one record after the other, keeps windows, remembered keys and a watermark, and shares no
 * code with what it is there to test. It counts records and adds up their amounts in windows of a minute.
 *
 * @param delay of the watermark, in microseconds
 * @param micros between two micro-batches by arrival; 0 for an engine that works record by record
 * @param back whether it judges by the watermark of the micro-batch before, as Spark does
 */
record SimulatedJob(
        Clock.Reach reach,
        long micros,
        boolean back,
        Lateness lateness,
        Duplicates duplicates,
        long delay,
        boolean closed) {
    static final long WINDOW = 60_000_000;
    private static final long NOTHING = Long.MIN_VALUE / 2;

    /** A record as it came; {@code arrived} in milliseconds, {@code event} in microseconds. */
    record Sent(int partition, long position, long arrived, long event, String id, String key, long amount) {}

    /** A row of the table. */
    record Place(long start, String key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byStart = Long.compare(start, other.start);
            return byStart != 0 ? byStart : key.compareTo(other.key);
        }
    }

    /** What is remembered of a dedup key. */
    private record Known(long event, long arrived, Sent counted) {}

    /** The table at the end: count and sum by window and key. {@code log} is in the order of arrival. */
    SortedMap<Place, long[]> table(List<Sent> log, int partitions) {
        var run = new Run(partitions);
        if (micros == 0) {
            for (var sent : log) {
                run.take(sent, run.watermark(sent.partition()));
                run.reached(sent);
            }
        } else {
            microBatches(log, run);
        }
        return run.rows();
    }

    private void microBatches(List<Sent> log, Run run) {
        var batches = new TreeMap<Long, List<Sent>>();
        log.forEach(sent -> batches.computeIfAbsent(sent.arrived() * 1_000 / micros, key -> new ArrayList<>())
                .add(sent));
        long late = NOTHING;
        long close = NOTHING;
        long previous = batches.isEmpty() ? 0 : batches.firstKey();
        for (var batch : batches.entrySet()) {
            if (batch.getKey() > previous + 1) {
                late = close;
                close = run.watermark(0);
            }
            late = close;
            close = run.watermark(0);
            for (var sent : batch.getValue()) {
                run.take(sent, back ? late : close);
            }
            batch.getValue().forEach(run::reached);
            previous = batch.getKey();
        }
    }

    private final class Run {
        private final long[] highest;
        private final Map<Place, long[]> windows = new HashMap<>();
        private final Map<String, Known> known = new HashMap<>();

        Run(int partitions) {
            highest = new long[partitions];
            Arrays.fill(highest, NOTHING);
        }

        void reached(Sent sent) {
            highest[sent.partition()] = Math.max(highest[sent.partition()], sent.event());
        }

        long watermark(int partition) {
            long reached = switch (reach) {
                case ALL -> Arrays.stream(highest).max().orElse(NOTHING);
                case SLOWEST -> Arrays.stream(highest).min().orElse(NOTHING);
                case OWN -> highest[partition];
            };
            return reached == NOTHING ? NOTHING : reached - delay;
        }

        private boolean isLate(Sent sent, long watermark) {
            return watermark != NOTHING
                    && switch (lateness) {
                        case KEPT -> false;
                        case CLOSED -> start(sent) + WINDOW <= watermark;
                        case BEHIND -> sent.event() <= watermark;
                        case BEFORE -> sent.event() < watermark;
                    };
        }

        void take(Sent sent, long watermark) {
            boolean late = isLate(sent, watermark);
            switch (duplicates.kind()) {
                case COUNTED -> {
                    if (!late) {
                        count(sent, 1);
                    }
                }
                case FIRST -> {
                    if (known.putIfAbsent(sent.id(), new Known(sent.event(), sent.arrived(), sent)) == null && !late) {
                        count(sent, 1);
                    }
                }
                case FIRST_IN_TIME -> {
                    if (!late && known.putIfAbsent(sent.id(), new Known(sent.event(), sent.arrived(), sent)) == null) {
                        count(sent, 1);
                    }
                }
                case LAST -> {
                    if (!late) {
                        var before = known.put(sent.id(), new Known(sent.event(), sent.arrived(), sent));
                        if (before != null) {
                            count(before.counted(), -1);
                        }
                        count(sent, 1);
                    }
                }
                case WITHIN_DELAY, WITHIN_EVENT_TIME, WITHIN_ARRIVAL -> remembering(sent, watermark, late);
            }
        }

        private void remembering(Sent sent, long watermark, boolean late) {
            boolean dropsFirst = lateness == Lateness.BEHIND || lateness == Lateness.BEFORE;
            if (late && dropsFirst) {
                return;
            }
            var before = known.get(sent.id());
            if (before == null || isForgotten(before, sent, watermark)) {
                known.put(sent.id(), new Known(sent.event(), sent.arrived(), sent));
                if (!late) {
                    count(sent, 1);
                }
            }
        }

        private boolean isForgotten(Known before, Sent now, long watermark) {
            return switch (duplicates.kind()) {
                case WITHIN_DELAY -> watermark != NOTHING && before.event() + delay <= watermark;
                case WITHIN_EVENT_TIME ->
                    watermark != NOTHING && before.event() + duplicates.horizonMicros() <= watermark;
                default -> (now.arrived() - before.arrived()) * 1_000 >= duplicates.horizonMicros();
            };
        }

        private void count(Sent sent, int times) {
            var row = windows.computeIfAbsent(new Place(start(sent), sent.key()), key -> new long[2]);
            row[0] += times;
            row[1] += times * sent.amount();
        }

        SortedMap<Place, long[]> rows() {
            var rows = new TreeMap<Place, long[]>();
            long last = reach == Clock.Reach.OWN ? Arrays.stream(highest).max().orElse(NOTHING) - delay : watermark(0);
            windows.forEach((place, row) -> {
                if (row[0] > 0 && (!closed || place.start() + WINDOW <= last)) {
                    rows.put(place, row);
                }
            });
            return rows;
        }
    }

    private static long start(Sent sent) {
        return Math.floorDiv(sent.event(), WINDOW) * WINDOW;
    }
}
