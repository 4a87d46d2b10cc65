package dev.tandem.engine.landed;

import dev.tandem.engine.landed.TraitSearch.Kind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Counts the values of one trait among all records and among those of each kind. Exact as long as there are at most {@value #MOST}
 * values. A trait with more of them, an id for example, is wide: from then on only values of refused records are counted, and of
 * those only the frequent ones stay (Misra and Gries), so that memory is bounded. One value, which stands for null, stays exact. One
 * thread.
 */
final class ValueCounts<V> implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int MOST = 2_000;
    private static final int KINDS = Kind.values().length;
    private static final long[] NONE = new long[1 + KINDS];

    /** How many records have a value. */
    record Of<V>(V value, long refused, long all) {}

    private final V exact;

    /** By value, the count of all records and then that of each kind; where the trait is wide, of the exact value alone. */
    private final Map<V, long[]> counts = new HashMap<>();

    /** Where it is wide: for each kind, the counts of frequent values. */
    private final List<Map<V, long[]>> frequent = new ArrayList<>();

    private final long[] pushedOut = new long[KINDS];
    private boolean wide;

    /** {@code exact} is the value whose counts are exact however many values there are. */
    ValueCounts(V exact) {
        this.exact = exact;
        for (int kind = 0; kind < KINDS; kind++) {
            frequent.add(new HashMap<>());
        }
    }

    boolean isWide() {
        return wide;
    }

    /** Counts a record; {@code kind} is negative for one that was not refused, {@code copy} makes a value that may be kept. */
    void add(V value, int kind, UnaryOperator<V> copy) {
        var its = counts.get(value);
        if (its == null && !isCounted(value) && counts.size() >= MOST) {
            widen();
        }
        if (its != null || isCounted(value)) {
            its = its != null ? its : counts.computeIfAbsent(copy.apply(value), key -> NONE.clone());
            its[0]++;
            if (kind >= 0) {
                its[1 + kind]++;
            }
        } else if (kind >= 0) {
            addFrequent(kind, frequent.get(kind).containsKey(value) ? value : copy.apply(value), 1);
        }
    }

    /** Whether a value that is new is counted exactly. */
    private boolean isCounted(V value) {
        return value.equals(exact) || (!wide && counts.size() < MOST);
    }

    private void widen() {
        wide = true;
        counts.entrySet().removeIf(entry -> {
            boolean goes = !entry.getKey().equals(exact);
            if (goes) {
                addFrequent(entry.getKey(), entry.getValue());
            }
            return goes;
        });
    }

    private void addFrequent(V value, long[] its) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (its[1 + kind] > 0) {
                addFrequent(kind, value, its[1 + kind]);
            }
        }
    }

    private void addFrequent(int kind, V value, long more) {
        var its = frequent.get(kind);
        its.computeIfAbsent(value, key -> new long[1])[0] += more;
        if (its.size() > 2 * MOST) {
            pushOut(kind, its);
        }
    }

    /** Takes a common count off all values, so that the rarer half goes and the frequent ones stay. */
    private void pushOut(int kind, Map<V, long[]> its) {
        long off = its.values().stream()
                .map(it -> it[0])
                .sorted(Comparator.reverseOrder())
                .skip(MOST)
                .findFirst()
                .orElse(0L);
        int before = its.size();
        its.values().removeIf(it -> (it[0] -= off) <= 0);
        pushedOut[kind] += before - its.size();
    }

    /** Takes in what {@code other} counted over other records. */
    void merge(ValueCounts<V> other) {
        if (!wide && other.wide) {
            widen();
        }
        other.counts.forEach((value, its) -> {
            if (wide && !value.equals(exact)) {
                addFrequent(value, its);
            } else {
                add(its, counts.computeIfAbsent(value, key -> NONE.clone()));
            }
        });
        if (counts.size() > MOST + 1) {
            widen();
        }
        for (int each = 0; each < KINDS; each++) {
            int kind = each;
            other.frequent.get(kind).forEach((value, its) -> addFrequent(kind, value, its[0]));
            pushedOut[kind] += other.pushedOut[kind];
        }
    }

    /** The same under the names of the values; that of the exact one is {@code exactName}. */
    <N> ValueCounts<N> named(Function<V, N> name, N exactName) {
        var named = new ValueCounts<N>(exactName);
        named.wide = wide;
        System.arraycopy(pushedOut, 0, named.pushedOut, 0, KINDS);
        counts.forEach((value, its) -> add(its, named.counts.computeIfAbsent(name.apply(value), key -> NONE.clone())));
        for (int each = 0; each < KINDS; each++) {
            int kind = each;
            frequent.get(kind).forEach((value, its) -> named.addFrequent(kind, name.apply(value), its[0]));
        }
        return named;
    }

    private static void add(long[] counts, long[] to) {
        for (int index = 0; index < counts.length; index++) {
            to[index] += counts[index];
        }
    }

    /** How many of all records have {@code value}, and then of each kind, where that is counted. */
    Optional<long[]> of(V value) {
        return Optional.ofNullable(counts.get(value));
    }

    /** How many different values records of a kind have. */
    long distinct(Kind kind) {
        int index = kind.index();
        long counted =
                counts.values().stream().filter(its -> its[1 + index] > 0).count();
        return counted + pushedOut[index] + frequent.get(index).size();
    }

    /** The values that most records of a kind have; {@code all} is 0 where it is not known. */
    List<Of<V>> mostFrequent(Kind kind, int most) {
        int index = kind.index();
        var values = new ArrayList<Of<V>>();
        frequent.get(index).forEach((value, its) -> values.add(new Of<>(value, its[0], 0)));
        counts.forEach((value, its) -> values.add(new Of<>(value, its[1 + index], its[0])));
        values.removeIf(it -> it.refused() == 0);
        values.sort(Comparator.comparingLong((Of<V> it) -> it.refused())
                .reversed()
                .thenComparing(it -> it.value().toString()));
        return List.copyOf(values.subList(0, Math.min(most, values.size())));
    }
}
