package dev.tandem.testkit.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A correct result with one thing wrong, each a mistake that a pipeline can make. */
enum Mutant {
    ROW_LOST((table, row) -> table.remove(row)),
    ROW_DOUBLED((table, row) -> table.add(table.get(row))),
    ROW_TWICE_FOR_ANOTHER((table, row) -> table.set(row, table.get((row + 1) % table.size()))),
    WINDOW_MOVED((table, row) -> change(table, row, "window_start", it -> it.replace("12-31", "12-30"))),
    WINDOW_LONGER_BY_A_MICROSECOND(
            (table, row) -> change(table, row, "window_end", it -> it.replace(":00.0", ":00.000001"))),
    COUNT_ONE_MORE((table, row) -> change(table, row, "tweets", it -> add(it, "1"))),
    COUNT_ONE_LESS((table, row) -> change(table, row, "tweets", it -> add(it, "-1"))),
    MENTION_DOUBLED((table, row) -> change(table, row, "mentions", it -> add(it, it))),
    AVERAGE_A_MILLIONTH_OFF((table, row) -> change(table, row, "avg_likes", it -> add(it, "0.000001"))),
    AVERAGE_NOT_ROUNDED_BUT_EMPTY((table, row) -> change(table, row, "avg_retweets", it -> null)),
    MEASURES_SWAPPED_BETWEEN_ROWS((table, row) -> swap(table, row, "avg_likes")),
    COUNTS_SWAPPED_BETWEEN_ROWS((table, row) -> swap(table, row, "tweets")),
    WINDOWS_SWAPPED_BETWEEN_ROWS((table, row) -> swap(table, row, "window_start")),
    MEASURES_SWAPPED_IN_A_ROW((table, row) -> {
        var likes = table.get(row, "avg_likes");
        change(table, row, "avg_likes", it -> table.get(row, "avg_retweets"));
        change(table, row, "avg_retweets", it -> likes);
    });

    /** Spoils {@code row} of a table. */
    private interface Spoiling {
        void spoil(Table table, int row);
    }

    @SuppressWarnings("ImmutableEnumChecker") // its lambdas hold nothing
    private final Spoiling spoiling;

    Mutant(Spoiling spoiling) {
        this.spoiling = spoiling;
    }

    Rows of(Rows right, SplittableRandom random) {
        var table = new Table(right.columns(), new ArrayList<>(right.cells()));
        spoiling.spoil(table, random.nextInt(table.size()));
        return new Rows(right.columns(), table.rows());
    }

    private static void change(Table table, int row, String column, UnaryOperator<@Nullable String> change) {
        var cells = new ArrayList<>(table.get(row));
        int index = table.columns().indexOf(column);
        cells.set(index, change.apply(cells.get(index)));
        table.set(row, cells);
    }

    /** With the next row that has something else there. */
    private static void swap(Table table, int row, String column) {
        int other = row;
        while (Objects.equals(table.get(row, column), table.get(other, column))) {
            other = (other + 1) % table.size();
        }
        var first = table.get(row, column);
        var second = table.get(other, column);
        change(table, row, column, it -> second);
        change(table, other, column, it -> first);
    }

    private static String add(@Nullable String number, @Nullable String more) {
        return new BigDecimal(String.valueOf(number))
                .add(new BigDecimal(String.valueOf(more)))
                .toPlainString();
    }

    private record Table(List<String> columns, List<List<@Nullable String>> rows) {
        int size() {
            return rows.size();
        }

        List<@Nullable String> get(int row) {
            return rows.get(row);
        }

        @Nullable
        String get(int row, String column) {
            return rows.get(row).get(columns.indexOf(column));
        }

        void set(int row, List<@Nullable String> cells) {
            rows.set(row, cells);
        }

        void add(List<@Nullable String> cells) {
            rows.add(cells);
        }

        void remove(int row) {
            rows.remove(row);
        }
    }
}
