package dev.tandem.diff.table;

import dev.tandem.diff.side.Side;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be compared.
 *
 * @param key the columns that name a row, by the names of the left side
 * @param time the column that differences are grouped by in time; empty for the first one of the key
 */
public record Question(
        String name, Source left, Source right, List<String> key, Choice choice, Optional<String> time, Extent extent) {
    public Question {
        key = List.copyOf(key);
    }

    /**
     * One side and what is done to its rows.
     *
     * @param where a condition in DuckDB's SQL over the side's own columns
     * @param zone what times without a zone are in; empty for UTC
     */
    public record Source(Side side, Optional<String> where, Optional<ZoneId> zone) {}

    /**
     * Which columns are compared, and how. Names are those of the left side.
     *
     * @param only nothing else is compared; empty for all columns that both sides have
     * @param renames the right side's name of a column, by the left side's
     * @param everywhere the tolerance of numbers that have none of their own
     */
    public record Choice(
            List<String> only,
            List<String> ignored,
            Map<String, String> renames,
            Map<String, Wanted> types,
            Map<String, Tolerance> tolerances,
            Optional<Tolerance> everywhere) {
        public static final Choice ALL =
                new Choice(List.of(), List.of(), Map.of(), Map.of(), Map.of(), Optional.empty());

        public Choice {
            only = List.copyOf(only);
            ignored = List.copyOf(ignored);
            renames = Map.copyOf(renames);
            types = Map.copyOf(types);
            tolerances = Map.copyOf(tolerances);
        }
    }

    /** What a column is compared as where its types leave a doubt. */
    public enum Wanted {
        NUMBER,
        TEXT,
        TIME,
        DATE;

        public static Optional<Wanted> read(String word) {
            return Arrays.stream(values())
                    .filter(it -> it.name().equalsIgnoreCase(word.strip()))
                    .findFirst();
        }
    }

    /**
     * How far the answer goes.
     *
     * @param samples how many rows of each kind are shown
     * @param again after which time the differing rows are read once more
     */
    public record Extent(int samples, Optional<Duration> again, Patterns patterns, Reach reach) {
        public static final Extent USUAL = new Extent(5, Optional.empty(), Patterns.SEARCHED, Reach.SEGMENTS);
    }

    /** How much of two databases is read. */
    public enum Reach {
        /** Where both can hash, the segments of keys that differ. */
        SEGMENTS,
        ALL
    }

    /** Whether the pattern behind the differences is looked for. */
    public enum Patterns {
        SEARCHED,
        LEFT_OUT
    }
}
