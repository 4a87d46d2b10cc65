package dev.tandem.store;

import dev.tandem.model.FieldType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQLite. Decimals are text, since its numbers have 15 digits. Timestamps are ISO text with exactly six decimals and a Z: people
 * and SQLite's own date functions read it, and its order is that of time.
 */
final class SqliteDialect extends Dialect {
    private static final String NOT_A_NUMBER = "NaN";

    @Override
    String quoted(String name) {
        return "\"" + name + "\"";
    }

    @Override
    String typeOf(ColumnType type) {
        if (type instanceof ColumnType.Of of) {
            return typeOf(of.type());
        }
        return type instanceof ColumnType.Name ? "text" : "blob";
    }

    private static String typeOf(FieldType type) {
        return switch (type.kind()) {
            case WHOLE, TRUTH -> "integer";
            case FLOATING -> "real";
            case TEXT, DECIMAL, TIMESTAMP, DATE -> "text";
            case LIST -> throw noColumnFor(type);
        };
    }

    @Override
    String tableOptions() {
        return "";
    }

    @Override
    String mergeClause(StoredTable table) {
        return table.beyondKey().stream()
                .map(it -> "%1$s = excluded.%1$s".formatted(quoted(it.name())))
                .collect(Collectors.joining(
                        ", ", " on conflict (%s) do update set ".formatted(listed(table.key())), ""));
    }

    /** An index cannot be renamed: it is dropped and made again by its own statement. */
    @Override
    List<String> rename(Session session, Map<String, String> names) throws SQLException {
        var statements = new ArrayList<String>();
        for (var name : names.entrySet()) {
            var indexes = session.list(
                    "select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name = ?",
                    it -> Map.entry(it.text("name"), it.text("sql")),
                    name.getKey());
            indexes.forEach(index -> statements.add("drop index " + quoted(index.getKey())));
            statements.add("alter table %s rename to %s".formatted(quoted(name.getKey()), quoted(name.getValue())));
            for (var index : indexes) {
                int number =
                        Integer.parseInt(index.getKey().substring(index.getKey().lastIndexOf('_') + 1));
                var columns = index.getValue().substring(index.getValue().lastIndexOf('('));
                statements.add("create index %s on %s %s"
                        .formatted(
                                quoted(StoredTable.nameOfIndex(name.getValue(), number)),
                                quoted(name.getValue()),
                                columns));
            }
        }
        return statements;
    }

    /** Nothing: a transaction takes the one write lock when it begins. */
    @Override
    String forUpdate() {
        return "";
    }

    @Override
    String using(String index) {
        return " indexed by " + quoted(index);
    }

    @Override
    void prepareScan(Connection connection) {
        // Rows come one by one as they are asked for.
    }

    @Override
    int rowsPerStatement() {
        return 1;
    }

    /** NaN is stored as text, because SQLite takes the number for NULL. */
    @Override
    void bindFloating(PreparedStatement statement, int index, double value) throws SQLException {
        if (Double.isNaN(value)) {
            statement.setString(index, NOT_A_NUMBER);
        } else {
            statement.setDouble(index, value);
        }
    }

    @Override
    @Nullable
    Double floating(ResultSet results, int index) throws SQLException {
        return NOT_A_NUMBER.equals(results.getString(index)) ? (Double) Double.NaN : super.floating(results, index);
    }

    @Override
    void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setString(index, new String(TimeText.of(time, 'T'), StandardCharsets.US_ASCII) + "Z");
    }

    @Override
    @Nullable
    Instant time(ResultSet results, int index) throws SQLException {
        var text = results.getString(index);
        return text == null ? null : IsoTime.parse(text);
    }

    @Override
    void bindDate(PreparedStatement statement, int index, LocalDate date) throws SQLException {
        statement.setString(index, date.toString());
    }

    @Override
    @Nullable
    LocalDate date(ResultSet results, int index) throws SQLException {
        var text = results.getString(index);
        return text == null ? null : LocalDate.parse(text);
    }

    @Override
    void bindDecimal(PreparedStatement statement, int index, BigDecimal value, FieldType.Decimal type)
            throws SQLException {
        statement.setString(
                index, value.setScale(type.scale(), RoundingMode.HALF_UP).toPlainString());
    }

    @Override
    @Nullable
    BigDecimal decimal(ResultSet results, int index, FieldType.Decimal type) throws SQLException {
        var text = results.getString(index);
        return text == null ? null : new BigDecimal(text).setScale(type.scale(), RoundingMode.HALF_UP);
    }
}
