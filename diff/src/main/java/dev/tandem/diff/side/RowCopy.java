package dev.tandem.diff.side;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Copies the rows of a JDBC result into a DuckDB table, one by one, each column as the type that holds it without loss. */
final class RowCopy {
    private static final int MOST_DIGITS = 38;

    private final ResultSet rows;
    private final List<Cell> cells = new ArrayList<>();

    /** A column of the table that is made. */
    private record Cell(String name, String type, Copying copying) {}

    /** Moves one value. */
    @FunctionalInterface
    private interface Copying {
        void copy(ResultSet row, int index, DuckDBAppender to) throws SQLException;
    }

    RowCopy(ResultSet rows, Side.Typing typing) throws SQLException {
        this.rows = rows;
        var meta = rows.getMetaData();
        for (int index = 1; index <= meta.getColumnCount(); index++) {
            var name = meta.getColumnLabel(index);
            cells.add(
                    typing == Side.Typing.BY_VALUE
                            ? new Cell(name, "VARCHAR", (row, at, to) -> to.append(plain(row.getObject(at))))
                            : declared(name, meta, index));
        }
    }

    void into(Duck duck, String table) throws SQLException {
        var columns = cells.stream()
                .map(cell -> Sql.name(cell.name()) + " " + cell.type())
                .toList();
        duck.run("CREATE TABLE %s (%s)".formatted(table, String.join(", ", columns)));
        duck.fill(table, appender -> {
            while (rows.next()) {
                appender.beginRow();
                for (int index = 0; index < cells.size(); index++) {
                    cells.get(index).copying().copy(rows, index + 1, appender);
                }
                appender.endRow();
            }
        });
    }

    /** As text that has every digit: SQLite's own text of a number has fifteen. */
    private static @Nullable String plain(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value == null ? null : value.toString();
    }

    private static Cell declared(String name, ResultSetMetaData meta, int index) throws SQLException {
        var own = meta.getColumnTypeName(index).toUpperCase(Locale.ROOT);
        return switch (meta.getColumnType(index)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> whole(name);
            case Types.BIGINT -> own.contains("UNSIGNED") ? decimal(name, 20, 0) : whole(name);
            case Types.BIT, Types.BOOLEAN -> own.startsWith("TINYINT") ? whole(name) : truth(name);
            case Types.REAL ->
                new Cell(name, "FLOAT", (row, at, to) -> {
                    float value = row.getFloat(at);
                    to.append(row.wasNull() ? null : Float.valueOf(value));
                });
            case Types.FLOAT, Types.DOUBLE ->
                new Cell(name, "DOUBLE", (row, at, to) -> {
                    double value = row.getDouble(at);
                    to.append(row.wasNull() ? null : Double.valueOf(value));
                });
            case Types.NUMERIC, Types.DECIMAL -> decimal(name, meta.getPrecision(index), meta.getScale(index));
            case Types.DATE -> new Cell(name, "DATE", (row, at, to) -> to.append(row.getObject(at, LocalDate.class)));
            case Types.TIMESTAMP_WITH_TIMEZONE -> instant(name);
            case Types.TIMESTAMP -> time(name, own);
            default ->
                new Cell(
                        name,
                        "VARCHAR",
                        (row, at, to) -> to.append(
                                row.getObject(at) instanceof byte[] bytes ? plain(bytes) : row.getString(at)));
        };
    }

    private static Cell whole(String name) {
        return new Cell(name, "BIGINT", (row, at, to) -> {
            long value = row.getLong(at);
            to.append(row.wasNull() ? null : Long.valueOf(value));
        });
    }

    private static Cell truth(String name) {
        return new Cell(name, "BOOLEAN", (row, at, to) -> {
            boolean value = row.getBoolean(at);
            to.append(row.wasNull() ? null : Boolean.valueOf(value));
        });
    }

    /** Without a declared precision the digits are unknown until the last row, so they are kept as text. */
    private static Cell decimal(String name, int precision, int scale) {
        if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
            return new Cell(name, "VARCHAR", (row, at, to) -> {
                var value = row.getBigDecimal(at);
                to.append(value == null ? null : value.toPlainString());
            });
        }
        return new Cell(name, "DECIMAL(%d, %d)".formatted(precision, scale), (row, at, to) -> {
            BigDecimal value = row.getBigDecimal(at);
            to.append(value == null ? null : value.setScale(scale, RoundingMode.UNNECESSARY));
        });
    }

    /** PostgreSQL gives moments the same code as local times; their names tell them apart. MySQL's come in UTC, as the session is. */
    private static Cell time(String name, String own) {
        return own.equals("TIMESTAMPTZ")
                ? instant(name)
                : new Cell(name, "TIMESTAMP", (row, at, to) -> to.append(row.getObject(at, LocalDateTime.class)));
    }

    private static Cell instant(String name) {
        return new Cell(name, "TIMESTAMPTZ", (row, at, to) -> {
            var value = row.getObject(at, OffsetDateTime.class);
            to.append(value == null ? null : value.withOffsetSameInstant(ZoneOffset.UTC));
        });
    }
}
