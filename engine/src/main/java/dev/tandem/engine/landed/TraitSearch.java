package dev.tandem.engine.landed;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Workers;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Lateness;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;

/**
 * Counts how often the values of fields, partitions, files and hours of arrival occur among the records that the stream refused, and
 * how often among all records. One pass counts all traits with few values. A second one is made only where a trait with many values,
 * an id for example, has some that many refused records share. So memory holds some thousand values, whatever the number of records.
 */
public final class TraitSearch {
    public static final String PARTITION = "partition";
    public static final String FILE = "file";
    public static final String HOUR = "hour of arrival";

    /** Whose common traits are counted. */
    public enum Kind {
        LATE(0),
        DUPLICATE(1),
        QUARANTINED(2);

        private final int index;

        Kind(int index) {
            this.index = index;
        }

        /** Its place in an array of counts. */
        int index() {
            return index;
        }
    }

    /** What a record may have in common with others: a field's name or one of the constants, and the value. */
    public record Trait(String name, String value) implements Comparable<Trait>, Serializable {
        @Override
        public int compareTo(Trait other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }

    /** A file of a folder by the position of its first record. */
    public record FirstOf(long position, String file) implements Serializable {}

    /** How many of the refused and of all records have a trait. */
    public record Count(long refused, long all) {}

    /**
     * What was counted.
     *
     * @param tested how many traits were looked at before the frequent ones were chosen
     */
    public record Found(long refused, long all, long tested, Map<Trait, Count> counts) {}

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final LandedLog log;

    public TraitSearch(SparkRuntime spark, Compiled compiled, LandedLog log) {
        this.spark = spark;
        this.compiled = compiled;
        this.log = log;
    }

    /** Counts up to {@code cut}; {@code files} in the order of their positions, none for a topic. */
    public Map<Kind, Found> of(EndOffsets cut, Lateness lateness, List<FirstOf> files) {
        var task = TraitTask.of(compiled, lateness, files);
        return found(read(cut, task, Set.of()), cut, task);
    }

    /** Completes what one pass over the log has counted. */
    Map<Kind, Found> found(TraitCounts counts, EndOffsets cut, TraitTask task) {
        var uncounted = counts.uncounted();
        var counted = uncounted.isEmpty()
                ? Map.<Trait, long[]>of()
                : read(cut, task, uncounted).of(uncounted);
        var found = new EnumMap<Kind, Found>(Kind.class);
        for (var kind : Kind.values()) {
            found.put(kind, counts.found(kind, counted));
        }
        return found;
    }

    private TraitCounts read(EndOffsets cut, TraitTask task, Set<Trait> wanted) {
        var total = TraitCounts.none();
        var workers = compiled.workers(new PackedContents(Raw.NONE, false, false));
        new LogParts(spark, log, cut)
                .read(
                        landed -> {
                            landed.mapPartitions(records -> List.of(counts(records, workers, task, wanted))
                                            .iterator())
                                    .collect()
                                    .forEach(total::merge);
                            return List.of();
                        },
                        read -> {});
        return total;
    }

    private static TraitCounts counts(
            Iterator<Landed> records, Broadcast<Workers> workers, TraitTask task, Set<Trait> wanted) {
        var tally = new TraitTally(task, wanted);
        workers.value().pack(records, tally::take);
        return tally.counts();
    }
}
