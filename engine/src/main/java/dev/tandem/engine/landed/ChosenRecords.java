package dev.tandem.engine.landed;

import dev.tandem.engine.source.RetryChoice;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts the records in quarantine that a retry would judge again, before anything is changed. The driver receives a count for each
 * rule and slice, never a record.
 */
public final class ChosenRecords {
    private ChosenRecords() {}

    /** How many there are in {@code log} up to {@code cut}, by the rule that refused them. */
    public static SortedMap<String, Long> byRule(
            SparkRuntime spark, LandedLog log, EndOffsets cut, RetryChoice choice) {
        var parts = new LogParts(spark, log, cut);
        var all = new TreeMap<String, Long>();
        parts.landed(parts.slices())
                .mapPartitions(records -> List.of(byRule(records, choice)).iterator())
                .collect()
                .forEach(some -> some.forEach((rule, count) -> all.merge(rule, count, Long::sum)));
        return all;
    }

    private static Map<String, Long> byRule(Iterator<Landed> records, RetryChoice choice) {
        var counts = new TreeMap<String, Long>();
        records.forEachRemaining(record -> {
            if (choice.chooses(record)) {
                counts.merge(record.rejection().rule(), 1L, Long::sum);
            }
        });
        return counts;
    }
}
