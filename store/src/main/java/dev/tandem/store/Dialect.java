package dev.tandem.store;

import dev.tandem.model.FieldType;
import dev.tandem.model.Floats;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between databases: names of types, quoting, the upsert, and how a value goes in and comes out unchanged. Written
 * here and not rendered by a library: the dozen statements of this module would have cost the start of each command most of a
 * second.
 */
abstract sealed class Dialect permits DuckDbDialect, MySqlDialect, PostgresDialect, SqliteDialect {
    /** {@code name} as an identifier; it has been checked, so it contains no quote. */
    abstract String quoted(String name);

    abstract String typeOf(ColumnType type);

    /** What follows the closing bracket of {@code create table}. */
    abstract String tableOptions();

    /** What follows {@code values (…)} when a row that is there shall be replaced. */
    abstract String mergeClause(StoredTable table);

    /** Appended to a select to keep the rows from changing until the transaction ends. */
    abstract String forUpdate();

    /** Whether {@link #forUpdate}, or the transaction itself, keeps others from changing what was read until it ends. */
    boolean readingLocks() {
        return true;
    }

    /** Appended to a table's name to have its rows come in the order of an index, without sorting them first. */
    abstract String using(String index);

    /** Prepares a connection for reading many rows without holding them all. */
    abstract void prepareScan(Connection connection) throws SQLException;

    /** How many rows go into one insert statement; 1 where the driver's batches are the faster way. A power of two. */
    abstract int rowsPerStatement();

    /** The way to insert many rows of {@code table} at once; empty where nothing is faster than statements. */
    Optional<BulkLoad> bulkLoad(Session session, StoredTable table) throws SQLException {
        return Optional.empty();
    }

    abstract void bindTime(PreparedStatement statement, int index, Instant time) throws SQLException;

    abstract @Nullable Instant time(ResultSet results, int index) throws SQLException;

    abstract void bindDate(PreparedStatement statement, int index, LocalDate date) throws SQLException;

    abstract @Nullable LocalDate date(ResultSet results, int index) throws SQLException;

    void bindDecimal(PreparedStatement statement, int index, BigDecimal value, FieldType.Decimal type)
            throws SQLException {
        statement.setBigDecimal(index, value);
    }

    @Nullable
    BigDecimal decimal(ResultSet results, int index, FieldType.Decimal type) throws SQLException {
        return results.getBigDecimal(index);
    }

    /** A number that may be NaN or infinite; null is stored where the database has no such number. */
    void bindFloating(PreparedStatement statement, int index, double value) throws SQLException {
        statement.setDouble(index, value);
    }

    /** What {@link #bindFloating} stored. */
    @Nullable
    Double floating(ResultSet results, int index) throws SQLException {
        double value = results.getDouble(index);
        return results.wasNull() ? null : (Double) Floats.normal(value);
    }

    /** Text as the database can hold it. */
    String storable(String text) {
        return text;
    }

    /** The statements that make {@code table} where it is missing. */
    List<String> createStatements(StoredTable table) {
        var parts = new ArrayList<String>();
        for (var column : table.columns()) {
            parts.add("  %s %s%s"
                    .formatted(quoted(column.name()), typeOf(column.type()), column.isRequired() ? " not null" : ""));
        }
        parts.add("  primary key (%s)".formatted(listed(table.key())));
        var statements = new ArrayList<String>();
        var separate = indexStatements(table, parts);
        statements.add("create table if not exists %s (\n%s\n)%s"
                .formatted(quoted(table.name()), String.join(",\n", parts), tableOptions()));
        statements.addAll(separate);
        return statements;
    }

    /** Whether {@code table}, which is there, has its indexes; yes where they come with it. */
    boolean hasIndexes(Session session, StoredTable table) throws SQLException {
        return true;
    }

    /** Statements of their own for the indexes, or none if {@code parts} of the table took them. */
    List<String> indexStatements(StoredTable table, List<String> parts) {
        return table.indexes().stream()
                .map(index -> "create%s index if not exists %s on %s (%s)"
                        .formatted(
                                index.kind() == StoredTable.Index.Kind.UNIQUE ? " unique" : "",
                                quoted(table.nameOf(index)),
                                quoted(table.name()),
                                listed(index.columns())))
                .toList();
    }

    /** The statements that rename tables with their indexes, in the order of {@code names}: the name now, the name then. */
    abstract List<String> rename(Session session, Map<String, String> names) throws SQLException;

    final String listed(List<String> names) {
        return names.stream().map(this::quoted).collect(Collectors.joining(", "));
    }

    final String insert(StoredTable table, int rows) {
        var row = "(" + String.join(", ", Collections.nCopies(table.columns().size(), "?")) + ")";
        return "insert into %s (%s) values %s"
                .formatted(
                        quoted(table.name()), listed(table.names()), String.join(", ", Collections.nCopies(rows, row)));
    }

    /** Deletes {@code rows} rows by a key of one column. */
    final String delete(StoredTable table, int rows) {
        return "delete from %s where %s in (%s)"
                .formatted(
                        quoted(table.name()), listed(table.key()), String.join(", ", Collections.nCopies(rows, "?")));
    }

    /** Binds a value of {@code type}; timestamps may be instants or microseconds since 1970. */
    final void bind(PreparedStatement statement, int index, ColumnType type, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, sqlType(type));
        } else if (type instanceof ColumnType.Of of) {
            bindField(statement, index, of.type(), value);
        } else if (type instanceof ColumnType.Name) {
            statement.setString(index, storable((String) value));
        } else {
            statement.setBytes(index, (byte[]) value);
        }
    }

    private void bindField(PreparedStatement statement, int index, FieldType type, Object value) throws SQLException {
        switch (type.kind()) {
            case WHOLE -> statement.setLong(index, ((Number) value).longValue());
            case TIMESTAMP -> bindTime(statement, index, Times.instant(value));
            case DECIMAL -> bindDecimal(statement, index, (BigDecimal) value, (FieldType.Decimal) type);
            case FLOATING -> bindFloating(statement, index, ((Number) value).doubleValue());
            case TRUTH -> statement.setBoolean(index, (Boolean) value);
            case DATE -> bindDate(statement, index, (LocalDate) value);
            case TEXT -> statement.setString(index, storable(value.toString()));
            case LIST -> throw noColumnFor(type);
        }
    }

    /** The value of a column: Long, BigDecimal at the type's scale, Double, Boolean, Instant, LocalDate, String or byte[]. */
    final @Nullable Object read(ResultSet results, int index, ColumnType type) throws SQLException {
        if (type instanceof ColumnType.Of of) {
            return readField(results, index, of.type());
        }
        return type instanceof ColumnType.Name ? results.getString(index) : results.getBytes(index);
    }

    private @Nullable Object readField(ResultSet results, int index, FieldType type) throws SQLException {
        return switch (type.kind()) {
            case WHOLE -> present(results, results.getLong(index));
            case TIMESTAMP -> time(results, index);
            case DECIMAL -> decimal(results, index, (FieldType.Decimal) type);
            case FLOATING -> floating(results, index);
            case TRUTH -> present(results, results.getBoolean(index));
            case DATE -> date(results, index);
            case TEXT -> results.getString(index);
            case LIST -> throw noColumnFor(type);
        };
    }

    private static @Nullable Object present(ResultSet results, Object value) throws SQLException {
        return results.wasNull() ? null : value;
    }

    /** The JDBC type of an empty value: PostgreSQL wants to know it. */
    int sqlType(ColumnType type) {
        if (type instanceof ColumnType.Of of) {
            return switch (of.type().kind()) {
                case WHOLE -> Types.BIGINT;
                case TIMESTAMP -> Types.TIMESTAMP;
                case DECIMAL -> Types.NUMERIC;
                case FLOATING -> Types.DOUBLE;
                case TRUTH -> Types.BOOLEAN;
                case DATE -> Types.DATE;
                case TEXT -> Types.VARCHAR;
                case LIST -> throw noColumnFor(of.type());
            };
        }
        return type instanceof ColumnType.Name ? Types.VARCHAR : Types.VARBINARY;
    }

    static StoreException noColumnFor(FieldType type) {
        return new StoreException(
                "Cannot make a column of %s: not every database has lists; leave the field out of the key or explode it"
                        .formatted(type.sql()));
    }
}
