package dev.tandem.testkit.oracle;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table as text, a cell of which may be null: the form in which results of different databases can meet. */
public record Rows(List<String> columns, List<List<@Nullable String>> cells) {
    public Rows {
        columns = List.copyOf(columns);
        cells = cells.stream().map(Rows::unmodifiable).toList();
    }

    /** Reads what is left of {@code results}. */
    public static Rows read(ResultSet results) throws SQLException {
        var columns = new ArrayList<String>();
        for (int index = 1; index <= results.getMetaData().getColumnCount(); index++) {
            columns.add(results.getMetaData().getColumnLabel(index));
        }
        var cells = new ArrayList<List<@Nullable String>>();
        while (results.next()) {
            var row = new ArrayList<@Nullable String>();
            for (int index = 1; index <= columns.size(); index++) {
                row.add(text(results, index));
            }
            cells.add(row);
        }
        return new Rows(columns, cells);
    }

    /** A decimal without exponent: its own text may be {@code 0E-8}. */
    private static @Nullable String text(ResultSet results, int index) throws SQLException {
        return results.getObject(index) instanceof BigDecimal number
                ? number.toPlainString()
                : results.getString(index);
    }

    /** Each row as its cells with {@code |} between them. */
    public List<String> told() {
        return cells.stream().map(Rows::told).toList();
    }

    /** The sum of a column of whole numbers. */
    public long sum(String column) {
        int index = columns.indexOf(column);
        return cells.stream()
                .mapToLong(row -> Long.parseLong(String.valueOf(row.get(index))))
                .sum();
    }

    private static String told(List<@Nullable String> row) {
        return String.join("|", row.stream().map(String::valueOf).toList());
    }

    /** Not List.copyOf, which takes no null. */
    private static List<@Nullable String> unmodifiable(List<@Nullable String> row) {
        return Collections.unmodifiableList(new ArrayList<>(row));
    }
}
