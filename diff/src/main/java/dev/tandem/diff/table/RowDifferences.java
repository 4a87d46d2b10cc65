package dev.tandem.diff.table;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Result.Cell;
import dev.tandem.diff.table.Result.Row;
import dev.tandem.diff.table.Result.Samples;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The differing rows themselves. */
public final class RowDifferences {
    private final Duck duck;
    private final Columns columns;

    /** Takes rows one after the other. */
    @FunctionalInterface
    public interface Taking {
        void row(Row row) throws IOException;
    }

    public RowDifferences(Duck duck, Columns columns) {
        this.duck = duck;
        this.columns = columns;
    }

    Samples samples(int most) {
        return new Samples(some("changed", most), some("only left", most), some("only right", most));
    }

    private List<Row> some(String kind, int most) {
        return duck.list(
                select("kind = " + Sql.text(kind))
                        + " ORDER BY %s DESC, %s, copy LIMIT %d".formatted(badness(), columns.keyFields(), most),
                this::row);
    }

    /** Every differing row, in the order of the key. */
    public void all(Taking taking) {
        duck.each(
                select("kind <> 'tolerated'") + " ORDER BY %s, copy".formatted(columns.keyFields()),
                row -> taking.row(row(row)));
    }

    private String select(String where) {
        var fields = columns.keys().stream()
                .map(column -> ", CAST(%1$s AS VARCHAR) AS %2$s"
                        .formatted(Sql.name(column.field()), Sql.name("text_" + column.field())))
                .collect(Collectors.joining());
        var values = columns.values().stream()
                .map(column -> ", CAST(%s AS VARCHAR), CAST(%s AS VARCHAR)"
                        .formatted(Sql.name("l" + column.field()), Sql.name("r" + column.field())))
                .collect(Collectors.joining());
        return "SELECT kind%s%s FROM pairs WHERE %s".formatted(fields, values, where);
    }

    /** How far the worst number of a row is off, as a share. */
    private String badness() {
        var shares = columns.values().stream()
                .filter(column -> column.type().number())
                .map(column ->
                        "coalesce(abs(%2$s::DOUBLE - %1$s::DOUBLE) / nullif(greatest(abs(%1$s::DOUBLE), abs(%2$s::DOUBLE)), 0), 0)"
                                .formatted(Sql.name("l" + column.field()), Sql.name("r" + column.field())))
                .collect(Collectors.joining(", "));
        return shares.isEmpty() ? "0::DOUBLE" : "greatest(%s, 0)".formatted(shares);
    }

    private Row row(ResultSet row) throws SQLException {
        int at = 1;
        var kind = row.getString(at++);
        var key = new ArrayList<Optional<String>>();
        for (int index = 0; index < columns.keys().size(); index++) {
            key.add(Optional.ofNullable(row.getString(at++)));
        }
        var cells = new ArrayList<Cell>();
        for (var column : columns.values()) {
            var left = row.getString(at++);
            var right = row.getString(at++);
            if (!kind.equals("changed") || !Objects.equals(left, right)) {
                cells.add(new Cell(column.name(), Optional.ofNullable(left), Optional.ofNullable(right)));
            }
        }
        return new Row(kind, key, cells);
    }
}
