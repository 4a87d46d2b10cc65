package dev.tandem.diff.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a comparison of two tables found. */
public record Result(
        String name,
        SideFacts left,
        SideFacts right,
        Columns columns,
        Counts counts,
        List<ColumnFacts> values,
        List<Slices> slices,
        Samples samples) {
    public Result {
        values = List.copyOf(values);
        slices = List.copyOf(slices);
    }

    /**
     * One side as it was read.
     *
     * @param copies rows beyond the first of a key
     */
    public record SideFacts(
            String shown, Instant from, Instant until, String consistency, long rows, long copies, long nullKeys) {}

    /**
     * Rows by what became of them.
     *
     * @param equal the same in every column
     * @param tolerated equal within the tolerances
     */
    public record Counts(long equal, long tolerated, long changed, long onlyLeft, long onlyRight) {
        public long both() {
            return equal + tolerated + changed;
        }

        public long differing() {
            return changed + onlyLeft + onlyRight;
        }
    }

    /**
     * A compared column over the rows that both sides have.
     *
     * @param leftSum the sum of all rows' values, for numbers
     * @param spread for numbers and times
     * @param usual the most frequent differences
     */
    public record ColumnFacts(
            Column column,
            long differing,
            long tolerated,
            Optional<String> leftSum,
            Optional<String> rightSum,
            Optional<Spread> spread,
            List<Usual> usual) {
        public ColumnFacts {
            usual = List.copyOf(usual);
        }

        /** Where not every row was read. */
        ColumnFacts withoutSums() {
            return new ColumnFacts(column, differing, tolerated, Optional.empty(), Optional.empty(), spread, usual);
        }
    }

    /** Right minus left over the differing rows; for times in seconds. */
    public record Spread(String least, String median, String most) {}

    /** A difference and how many rows have it. */
    public record Usual(String difference, long rows) {}

    /** Differing rows by slices of one column. */
    public record Slices(String column, String by, List<Slice> slices) {
        public Slices {
            slices = List.copyOf(slices);
        }
    }

    /** @param rows keys that either side has */
    public record Slice(String label, long rows, long changed, long onlyLeft, long onlyRight) {
        public long differing() {
            return changed + onlyLeft + onlyRight;
        }
    }

    /** Rows of each kind, the worst first. */
    public record Samples(List<Row> changed, List<Row> onlyLeft, List<Row> onlyRight) {
        public Samples {
            changed = List.copyOf(changed);
            onlyLeft = List.copyOf(onlyLeft);
            onlyRight = List.copyOf(onlyRight);
        }
    }

    /**
     * A differing row.
     *
     * @param kind what became of it, as in the CSV file
     * @param cells the columns that differ; all of them for a row of one side
     */
    public record Row(String kind, List<Optional<String>> key, List<Cell> cells) {
        public Row {
            key = List.copyOf(key);
            cells = List.copyOf(cells);
        }
    }

    /** Empty for null and for a side that has no such row. */
    public record Cell(String column, Optional<String> left, Optional<String> right) {}

    public boolean nothingToCompare() {
        return left.rows() == 0 && right.rows() == 0;
    }

    public boolean agree() {
        return counts.differing() == 0;
    }
}
