package dev.tandem.segments;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A record as a test lands it. */
record Given(long microBatch, Coordinates at, long arrivedMillis, String raw, Landed.As as) {
    private static final long NOON = 1_772_366_400_000L; // 2026-03-01T12:00:00Z

    /** The first record of the log, of which every duplicate is a copy. */
    static final Coordinates FIRST = new Coordinates(0, 0);

    static Given record(long microBatch, int partition, long position, Landed.As as) {
        var raw = "{\"at\":\"%d-%d\"}".formatted(partition, position);
        return new Given(microBatch, new Coordinates(partition, position), NOON + position, raw, as);
    }

    /** Two partitions; positions 3 and 4 of partition 0 never held a record; micro-batch 2 read nothing. */
    static List<Given> few() {
        return List.of(
                record(1, 0, 0, Landed.As.KEPT),
                record(1, 0, 1, Landed.As.QUARANTINED),
                record(1, 0, 2, Landed.As.DUPLICATE),
                record(1, 1, 0, Landed.As.KEPT),
                record(3, 0, 5, Landed.As.DUPLICATE),
                record(3, 0, 6, Landed.As.KEPT),
                record(3, 1, 1, Landed.As.DUPLICATE),
                record(4, 1, 2, Landed.As.QUARANTINED));
    }

    /** Micro-batch 5 has as many records as would fill several slices, every seventh of them a duplicate. */
    static List<Given> withALargeMicroBatch(int records) {
        var all = new ArrayList<>(few());
        for (int number = 0; number < records; number++) {
            int partition = number % 2;
            long position = 10L + number / 2;
            all.add(record(5, partition, position, number % 7 == 0 ? Landed.As.DUPLICATE : Landed.As.KEPT));
        }
        all.add(record(6, 0, 1_000_000, Landed.As.KEPT));
        return all;
    }

    static TreeMap<Long, List<Given>> byMicroBatch(List<Given> records) {
        var grouped = new TreeMap<Long, List<Given>>();
        records.forEach(it -> grouped.computeIfAbsent(it.microBatch(), number -> new ArrayList<>())
                .add(it));
        return grouped;
    }

    static TreeMap<Integer, List<Given>> byPartition(List<Given> records) {
        var grouped = new TreeMap<Integer, List<Given>>();
        records.forEach(it -> grouped.computeIfAbsent(it.at().partition(), partition -> new ArrayList<>())
                .add(it));
        return grouped;
    }

    static Given of(Landed landed) {
        var raw = new String(landed.raw().bytes(), StandardCharsets.UTF_8);
        return new Given(landed.microBatch(), landed.at(), landed.arrivedMillis(), raw, landed.as());
    }

    byte[] bytes() {
        return raw.getBytes(StandardCharsets.UTF_8);
    }
}
