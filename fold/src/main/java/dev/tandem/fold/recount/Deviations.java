package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.Recount.Deviants;
import dev.tandem.fold.recount.Recount.Deviation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The records on which the modes part, by the rows that they make differ and, each once for a kind, in all. */
final class Deviations implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<Deviation> KINDS = List.of(Deviation.values());

    private final Map<RowKey, Map<Deviation, Deviants>> byRow = new HashMap<>();
    private final Map<Deviation, Long> records = new TreeMap<>();
    /** Of the kinds that are found in several places: rare, so each record can be remembered. */
    private final Map<Deviation, Set<Coordinates>> found = new TreeMap<>();

    void note(RowKey row, Deviation kind, Coordinates at) {
        note(row, kind, new Deviants(1, List.of(at)));
    }

    void note(RowKey row, Deviation kind, Deviants deviants) {
        byRow.computeIfAbsent(row, key -> new TreeMap<>()).merge(kind, deviants, Deviants::plus);
    }

    /** Adds a record of this kind that was not added before. */
    void count(Deviation kind) {
        records.merge(kind, 1L, Long::sum);
    }

    /** Adds a record of this kind that may have been added before. */
    void find(Deviation kind, Coordinates at) {
        found.computeIfAbsent(kind, key -> new HashSet<>()).add(at);
    }

    void merge(Deviations other) {
        other.byRow.forEach((row, kinds) -> kinds.forEach((kind, deviants) -> note(row, kind, deviants)));
        other.records.forEach((kind, count) -> records.merge(kind, count, Long::sum));
        other.found.forEach((kind, all) -> all.forEach(at -> find(kind, at)));
    }

    Map<Deviation, Deviants> of(RowKey row) {
        return byRow.getOrDefault(row, Map.of());
    }

    /** How many rows deviate. */
    int rows() {
        return byRow.size();
    }

    Map<Deviation, Long> records() {
        var all = new TreeMap<>(records);
        found.forEach((kind, its) -> all.merge(kind, (long) its.size(), Long::sum));
        return all;
    }

    /** Gives what deviates in each row, and forgets it; the numbers of records stay. */
    void drain(BiConsumer<RowKey, Map<Deviation, Deviants>> rows) {
        forEach(rows);
        byRow.clear();
    }

    void forEach(BiConsumer<RowKey, Map<Deviation, Deviants>> rows) {
        byRow.forEach(rows);
    }

    /** Gives the records of the kinds that are found in several places, and forgets them. */
    void drainFound(BiConsumer<Deviation, Coordinates> marks) {
        found.forEach((kind, its) -> its.forEach(at -> marks.accept(kind, at)));
        found.clear();
    }

    /** The number that a kind is written as. */
    static int code(Deviation kind) {
        return KINDS.indexOf(kind);
    }

    /** The kind that is written as this number. */
    static Deviation kind(int code) {
        return KINDS.get(code);
    }

    static void write(Map<Deviation, Deviants> kinds, BlockWriter out) {
        out.writeByte(kinds.size());
        kinds.forEach((kind, deviants) -> {
            out.writeByte(code(kind));
            out.writeLong(deviants.records());
            out.writeByte(deviants.examples().size());
            for (var at : deviants.examples()) {
                at.write(out);
            }
        });
    }

    static Map<Deviation, Deviants> read(BlockReader in) {
        var kinds = new TreeMap<Deviation, Deviants>();
        for (int left = in.readByte(); left > 0; left--) {
            var kind = kind(in.readByte());
            long its = in.readLong();
            var examples = new ArrayList<Coordinates>();
            for (int more = in.readByte(); more > 0; more--) {
                examples.add(Coordinates.read(in));
            }
            kinds.put(kind, new Deviants(its, examples));
        }
        return kinds;
    }
}
