package dev.tandem.store;

import dev.tandem.model.FieldType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB file. Timestamps are plain ones in UTC, which every tool shows alike. Tables have their primary key and unique indexes only:
 * DuckDB scans a column faster than it keeps another index, and cannot rename a table that has one.
 */
final class DuckDbDialect extends Dialect {
    private static final int ROWS_PER_STATEMENT = 128;

    @Override
    String quoted(String name) {
        return "\"" + name + "\"";
    }

    @Override
    String typeOf(ColumnType type) {
        if (type instanceof ColumnType.Of of) {
            return typeOf(of.type());
        }
        return type instanceof ColumnType.Name ? "varchar" : "blob";
    }

    private static String typeOf(FieldType type) {
        return switch (type.kind()) {
            case TEXT -> "varchar";
            case TIMESTAMP -> "timestamp";
            case FLOATING -> "double";
            case WHOLE, DECIMAL, TRUTH, DATE -> type.sql().toLowerCase(Locale.ROOT);
            case LIST -> throw noColumnFor(type);
        };
    }

    @Override
    String tableOptions() {
        return "";
    }

    @Override
    List<String> indexStatements(StoredTable table, List<String> parts) {
        return super.indexStatements(table, parts).stream()
                .filter(statement -> statement.startsWith("create unique"))
                .toList();
    }

    @Override
    String mergeClause(StoredTable table) {
        return table.beyondKey().stream()
                .map(it -> "%1$s = excluded.%1$s".formatted(quoted(it.name())))
                .collect(Collectors.joining(
                        ", ", " on conflict (%s) do update set ".formatted(listed(table.key())), ""));
    }

    @Override
    List<String> rename(Session session, Map<String, String> names) {
        return names.entrySet().stream()
                .map(name -> "alter table %s rename to %s".formatted(quoted(name.getKey()), quoted(name.getValue())))
                .toList();
    }

    @Override
    String forUpdate() {
        return "";
    }

    /** A transaction reads from its snapshot, whatever others commit meanwhile. */
    @Override
    boolean readingLocks() {
        return false;
    }

    @Override
    String using(String index) {
        return "";
    }

    @Override
    void prepareScan(Connection connection) {
        // Every connection has its rows one by one.
    }

    @Override
    int rowsPerStatement() {
        return ROWS_PER_STATEMENT;
    }

    @Override
    void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    @Override
    @Nullable
    Instant time(ResultSet results, int index) throws SQLException {
        var time = results.getObject(index, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    @Override
    void bindDate(PreparedStatement statement, int index, LocalDate date) throws SQLException {
        statement.setObject(index, date);
    }

    @Override
    @Nullable
    LocalDate date(ResultSet results, int index) throws SQLException {
        return results.getObject(index, LocalDate.class);
    }
}
