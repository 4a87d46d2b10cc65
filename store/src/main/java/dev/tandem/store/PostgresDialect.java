package dev.tandem.store;

import dev.tandem.model.FieldType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL. Its text cannot hold the character NUL, which JSON can: it is stored as the sign for it, U+2400, in text columns;
 * raw bytes and row keys keep it, so no two rows become one.
 */
final class PostgresDialect extends Dialect {
    /** The same text for inserts of few rows and for upserts. */
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
        return type instanceof ColumnType.Name ? "varchar(64)" : "bytea";
    }

    private static String typeOf(FieldType type) {
        return switch (type.kind()) {
            case TEXT -> "text";
            case TIMESTAMP -> "timestamp(6) with time zone";
            case FLOATING -> "double precision";
            case WHOLE, DECIMAL, TRUTH, DATE -> type.sql().toLowerCase(Locale.ROOT);
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

    /** An earlier start may have been killed between the table and its indexes. */
    @Override
    boolean hasIndexes(Session session, StoredTable table) throws SQLException {
        for (var index : table.indexes()) {
            var found = session.list(
                    "select to_regclass(?) is not null as there",
                    it -> it.results().getBoolean("there"),
                    quoted(table.nameOf(index)));
            if (found.contains(false)) {
                return false;
            }
        }
        return true;
    }

    @Override
    List<String> rename(Session session, Map<String, String> names) throws SQLException {
        var statements = new ArrayList<String>();
        for (var name : names.entrySet()) {
            statements.add("alter table %s rename to %s".formatted(quoted(name.getKey()), quoted(name.getValue())));
            var indexes = session.list(
                    "select indexname from pg_indexes where schemaname = current_schema() and tablename = ?",
                    it -> it.text("indexname"),
                    name.getKey());
            for (int number = 0; indexes.contains(StoredTable.nameOfIndex(name.getKey(), number)); number++) {
                statements.add("alter index %s rename to %s"
                        .formatted(
                                quoted(StoredTable.nameOfIndex(name.getKey(), number)),
                                quoted(StoredTable.nameOfIndex(name.getValue(), number))));
            }
        }
        return statements;
    }

    @Override
    String forUpdate() {
        return " for update";
    }

    @Override
    String using(String index) {
        return "";
    }

    /** A cursor needs a transaction; sorting a whole log of raw bytes on disk is what {@code enable_sort} avoids. */
    @Override
    void prepareScan(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("set local enable_sort = off");
        }
    }

    @Override
    int rowsPerStatement() {
        return ROWS_PER_STATEMENT;
    }

    @Override
    void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    @Override
    @Nullable
    Instant time(ResultSet results, int index) throws SQLException {
        var time = results.getObject(index, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
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

    /** A landed record costs half the processor time that it costs as part of an insert. */
    @Override
    Optional<BulkLoad> bulkLoad(Session session, StoredTable table) {
        return Optional.of(new CopyFrom(session, table));
    }

    @Override
    String storable(String text) {
        return withoutNul(text);
    }

    static String withoutNul(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\u2400');
    }
}
