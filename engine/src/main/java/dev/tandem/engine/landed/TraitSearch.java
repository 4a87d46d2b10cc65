package dev.tandem.engine.landed;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.ParsedRows;
import dev.tandem.engine.definition.Workers;
import dev.tandem.engine.expression.Types;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Lateness;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.model.Schema;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/**
 * Counts how often the values of fields, partitions, files and hours of arrival occur among the records that the stream refused, and
 * how often among all records. The log is read twice: first for the values that are frequent among the refused records, then to count
 * these among all. So memory holds some thousand values, whatever the number of records.
 */
public final class TraitSearch {
    /** Values of one trait that are held while the refused records are read; more frequent ones push out rarer ones. */
    private static final int HELD = 2_000;

    private static final int CANDIDATES_OF_A_TRAIT = 10;
    private static final int LONGEST_VALUE = 80;

    public static final String PARTITION = "partition";
    public static final String FILE = "file";
    public static final String HOUR = "hour of arrival";

    /** Whose common traits are asked for. */
    public enum Kind {
        LATE,
        DUPLICATE,
        QUARANTINED
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
    public Found of(Kind kind, Cut cut, Lateness lateness, List<FirstOf> files) {
        var names = compiled.pipeline().schema().landed().fields().stream()
                .map(Schema.Field::name)
                .toList();
        var types = compiled.pipeline().schema().landed().fields().stream()
                .map(it -> Types.ofField(it.type()))
                .toList();
        var contents = new PackedContents(Raw.NONE, false, false);
        var task = new Task(kind, lateness, List.copyOf(files), names, types, compiled.workers(contents));
        var frequent = new Tally();
        read(
                cut,
                it -> it.mapPartitions(
                        records -> List.of(task.frequent(records)).iterator()),
                frequent);
        var candidates = frequent.candidates();
        var counted = new Tally();
        read(
                cut,
                it -> it.mapPartitions(
                        records -> List.of(task.count(records, candidates)).iterator()),
                counted);
        var counts = new TreeMap<Trait, Count>();
        candidates.forEach(it -> counts.put(it, new Count(counted.refused(it), counted.all(it))));
        return new Found(counted.refused, counted.records, frequent.distinct(), counts);
    }

    /** What makes tallies of records. */
    private interface Tallying {
        JavaRDD<Tally> of(JavaRDD<Landed> records);
    }

    private void read(Cut cut, Tallying tallying, Tally into) {
        new LogParts(spark, log, cut)
                .read(
                        landed -> {
                            tallying.of(landed).collect().forEach(into::merge);
                            return List.of();
                        },
                        read -> {});
    }

    /** Counts by trait. */
    private static final class Tally implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Map<String, Map<String, long[]>> counts = new HashMap<>();
        private long refused;
        private long records;
        private long pushedOut;

        void add(Trait trait, boolean isRefused) {
            var counts = counts(trait);
            counts[0] += isRefused ? 1 : 0;
            counts[1]++;
        }

        private long[] counts(Trait trait) {
            return counts.computeIfAbsent(trait.name(), name -> new HashMap<>())
                    .computeIfAbsent(trait.value(), value -> new long[2]);
        }

        void merge(Tally other) {
            refused += other.refused;
            records += other.records;
            pushedOut += other.pushedOut;
            other.counts.forEach((name, values) -> values.forEach((value, more) -> {
                var mine = counts(new Trait(name, value));
                mine[0] += more[0];
                mine[1] += more[1];
            }));
            counts.values().forEach(this::bound);
        }

        /** Takes the count of the most frequent value too many off all of them, as Misra and Gries do: frequent values stay. */
        private void bound(Map<String, long[]> values) {
            if (values.size() <= HELD) {
                return;
            }
            var sorted = values.values().stream()
                    .map(it -> it[0])
                    .sorted((left, right) -> Long.compare(right, left))
                    .toList();
            long off = sorted.get(HELD / 2);
            int before = values.size();
            values.values().removeIf(it -> (it[0] -= off) <= 0);
            pushedOut += before - values.size();
        }

        void bound() {
            counts.values().forEach(this::bound);
        }

        long refused(Trait trait) {
            return Optional.ofNullable(
                            counts.getOrDefault(trait.name(), Map.of()).get(trait.value()))
                    .map(it -> it[0])
                    .orElse(0L);
        }

        long all(Trait trait) {
            return Optional.ofNullable(
                            counts.getOrDefault(trait.name(), Map.of()).get(trait.value()))
                    .map(it -> it[1])
                    .orElse(0L);
        }

        long distinct() {
            return pushedOut + counts.values().stream().mapToLong(Map::size).sum();
        }

        Set<Trait> candidates() {
            return counts.entrySet().stream()
                    .flatMap(trait -> trait.getValue().entrySet().stream()
                            .sorted(Map.Entry.<String, long[]>comparingByValue(
                                            (left, right) -> Long.compare(right[0], left[0]))
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .limit(CANDIDATES_OF_A_TRAIT)
                            .map(value -> new Trait(trait.getKey(), value.getKey())))
                    .collect(Collectors.toSet());
        }
    }

    /** What travels. */
    private record Task(
            Kind kind,
            Lateness lateness,
            List<FirstOf> files,
            List<String> names,
            List<DataType> types,
            Broadcast<Workers> workers)
            implements Serializable {
        Tally frequent(Iterator<Landed> records) {
            var tally = new Tally();
            workers.value().pack(records, (parsed, packed, bytes) -> {
                var record = PackedRecords.read(new BlockReader(bytes.array(), 0, bytes.size()));
                if (isRefused(record, parsed)) {
                    traits(record, parsed).forEach(it -> tally.add(it, true));
                    tally.bound();
                }
            });
            return tally;
        }

        Tally count(Iterator<Landed> records, Set<Trait> wanted) {
            var tally = new Tally();
            workers.value().pack(records, (parsed, packed, bytes) -> {
                var record = PackedRecords.read(new BlockReader(bytes.array(), 0, bytes.size()));
                boolean refused = isRefused(record, parsed);
                tally.records++;
                tally.refused += refused ? 1 : 0;
                for (var trait : traits(record, parsed)) {
                    if (wanted.contains(trait)) {
                        tally.add(trait, refused);
                    }
                }
            });
            return tally;
        }

        private boolean isRefused(Prepared record, InternalRow parsed) {
            var as = Landed.As.ofCode(parsed.getInt(PreparedLayout.LANDED_AS));
            return switch (kind) {
                case LATE ->
                    as == Landed.As.KEPT && lateness.isLate(record, parsed.getLong(PreparedLayout.MICRO_BATCH));
                case DUPLICATE -> as == Landed.As.DUPLICATE;
                case QUARANTINED -> as == Landed.As.QUARANTINED;
            };
        }

        private List<Trait> traits(Prepared record, InternalRow parsed) {
            var traits = new ArrayList<Trait>(names.size() + 2);
            if (files.isEmpty()) {
                traits.add(new Trait(PARTITION, Integer.toString(record.at().partition())));
            } else {
                traits.add(new Trait(FILE, file(record.at().position())));
            }
            var hour = Instant.ofEpochMilli(record.arrivedMillis()).truncatedTo(ChronoUnit.HOURS);
            traits.add(new Trait(HOUR, hour.toString()));
            boolean malformed = record.rejection()
                    .filter(it -> it.reason().equals(ParsedRows.MALFORMED_REASON))
                    .isPresent();
            for (int field = 0; field < names.size() && !malformed; field++) {
                var name = names.get(field);
                TraitValue.of(parsed, ParsedRows.FIRST_FIELD + field, types.get(field))
                        .filter(it -> it.length() <= LONGEST_VALUE)
                        .ifPresent(it -> traits.add(new Trait(name, it)));
            }
            return traits;
        }

        private String file(long position) {
            int low = 0;
            for (int high = files.size() - 1; low < high; ) {
                int middle = (low + high + 1) >>> 1;
                if (files.get(middle).position() <= position) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return files.get(low).file();
        }
    }
}
