package dev.tandem.engine.landed;

import dev.tandem.engine.landed.TraitSearch.Count;
import dev.tandem.engine.landed.TraitSearch.Found;
import dev.tandem.engine.landed.TraitSearch.Kind;
import dev.tandem.engine.landed.TraitSearch.Trait;
import dev.tandem.fold.recount.EventTimes;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What tasks have counted of traits: travels to the driver and merges there. */
final class TraitCounts implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CANDIDATES_OF_A_TRAIT = 10;

    /** A value of a wide trait is counted among all records only if at least so many of the refused ones have it. */
    private static final long FEWEST = 3;

    private static final double LEAST_SHARE = 0.05;

    private final Map<String, ValueCounts<String>> traits = new TreeMap<>();
    private final long[] refused;
    private final Map<Integer, EventTimes> times;
    private long records;

    TraitCounts(long records, long[] refused, Map<Integer, EventTimes> times) {
        this.records = records;
        this.refused = refused.clone();
        this.times = new TreeMap<>(times);
    }

    /** Of no record. */
    static TraitCounts none() {
        return new TraitCounts(0, new long[Kind.values().length], Map.of());
    }

    void add(String trait, ValueCounts<String> values) {
        traits.computeIfAbsent(trait, name -> new ValueCounts<>(TraitValue.NULL_NAME))
                .merge(values);
    }

    void merge(TraitCounts other) {
        records += other.records;
        for (int kind = 0; kind < refused.length; kind++) {
            refused[kind] += other.refused[kind];
        }
        other.traits.forEach(this::add);
        other.times.forEach((partition, its) -> times.merge(partition, its, EventTimes::plus));
    }

    /** The event times of each partition. */
    SortedMap<Integer, EventTimes> times() {
        return new TreeMap<>(times);
    }

    /** Traits that many refused records have but of which nobody knows yet how many of all records do. */
    Set<Trait> uncounted() {
        var uncounted = new HashSet<Trait>();
        traits.forEach((name, values) -> {
            for (var kind : Kind.values()) {
                values.mostFrequent(kind, CANDIDATES_OF_A_TRAIT).stream()
                        .filter(it -> it.all() == 0 && isFrequent(it, kind))
                        .forEach(it -> uncounted.add(new Trait(name, it.value())));
            }
        });
        return uncounted;
    }

    private boolean isFrequent(ValueCounts.Of<String> value, Kind kind) {
        return value.refused() >= Math.max(FEWEST, LEAST_SHARE * refused[kind.index()]);
    }

    /** What was counted of a kind; {@code counted} has the counts of {@link #uncounted}. */
    Found found(Kind kind, Map<Trait, long[]> counted) {
        var counts = new TreeMap<Trait, Count>();
        long tested = 0;
        for (var each : traits.entrySet()) {
            tested += each.getValue().distinct(kind);
            for (var value : each.getValue().mostFrequent(kind, CANDIDATES_OF_A_TRAIT)) {
                var trait = new Trait(each.getKey(), value.value());
                var its = counted.get(trait);
                if (its != null) {
                    counts.put(trait, new Count(its[1 + kind.index()], its[0]));
                } else if (value.all() > 0) {
                    counts.put(trait, new Count(value.refused(), value.all()));
                }
            }
        }
        return new Found(refused[kind.index()], records, tested, counts);
    }

    /** The counts of {@code wanted}: all records, then each kind. */
    Map<Trait, long[]> of(Set<Trait> wanted) {
        var counts = new TreeMap<Trait, long[]>();
        for (var trait : wanted) {
            var values = traits.get(trait.name());
            if (values != null) {
                values.of(trait.value()).ifPresent(its -> counts.put(trait, its));
            }
        }
        return counts;
    }
}
