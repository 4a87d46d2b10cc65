package dev.tandem.store;

import dev.tandem.model.FieldType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * MySQL 8 and MariaDB. DATETIME(6) in UTC and not TIMESTAMP, which ends in 2038; utf8mb4_bin, because the usual collations take
 * words for equal that differ in case or accent; MEDIUMTEXT and MEDIUMBLOB, because TEXT ends at 64 KiB.
 */
final class MySqlDialect extends Dialect {
    /**
     * Prepared on the server. On a shared 2-core machine that merged 100,000 rows of 300 bytes a second; batches, which only MariaDB
     * has, 36,000; single statements 20,000. That was with 128 rows; with 512 of 15 columns a second of processor time, client's
     * and server's, merges a third more.
     */
    private static final int ROWS_PER_STATEMENT = 512;

    @Override
    String quoted(String name) {
        return "`" + name + "`";
    }

    @Override
    String typeOf(ColumnType type) {
        if (type instanceof ColumnType.Of of) {
            return typeOf(of.type());
        }
        if (type instanceof ColumnType.Name) {
            return "varchar(64)";
        }
        return type instanceof ColumnType.Digest ? "binary(16)" : "mediumblob";
    }

    private static String typeOf(FieldType type) {
        return switch (type.kind()) {
            case TEXT -> "mediumtext";
            case TIMESTAMP -> "datetime(6)";
            case WHOLE, FLOATING, DECIMAL, TRUTH, DATE -> type.sql().toLowerCase(Locale.ROOT);
            case LIST -> throw noColumnFor(type);
        };
    }

    @Override
    String tableOptions() {
        return " engine = InnoDB default character set utf8mb4 collate utf8mb4_bin";
    }

    /**
     * Inside the table: MySQL has no {@code create index if not exists}. Names of indexes belong to the table, so a table that a rebuild
     * makes has them as it will need them under its final name.
     */
    @Override
    List<String> indexStatements(StoredTable table, List<String> parts) {
        for (var index : table.indexes()) {
            parts.add("  %sindex %s (%s)"
                    .formatted(
                            index.kind() == StoredTable.Index.Kind.UNIQUE ? "unique " : "",
                            quoted(table.named(Generation.current(table.name())).nameOf(index)),
                            listed(index.columns())));
        }
        return List.of();
    }

    /** One statement, which other sessions see as one step. */
    @Override
    List<String> rename(Session session, Map<String, String> names) {
        return names.isEmpty()
                ? List.of()
                : List.of(names.entrySet().stream()
                        .map(it -> "%s to %s".formatted(quoted(it.getKey()), quoted(it.getValue())))
                        .collect(Collectors.joining(", ", "rename table ", "")));
    }

    /** {@code values(c)} and not {@code as new}, which MariaDB does not know. */
    @Override
    String mergeClause(StoredTable table) {
        return table.beyondKey().stream()
                .map(it -> "%1$s = values(%1$s)".formatted(quoted(it.name())))
                .collect(Collectors.joining(", ", " on duplicate key update ", ""));
    }

    @Override
    String forUpdate() {
        return " for update";
    }

    @Override
    String using(String index) {
        return " force index (" + quoted(index) + ")";
    }

    @Override
    void prepareScan(Connection connection) {
        // The driver streams whenever a fetch size is set.
    }

    @Override
    int rowsPerStatement() {
        return ROWS_PER_STATEMENT;
    }

    /**
     * MariaDB takes a batch of inserts as one message in binary form. A landed record of 300 bytes and two indexes then costs 10 µs of
     * processor time, client's and server's; as statements of many rows, or as LOAD DATA LOCAL INFILE, which the server reads byte
     * by byte, 12. To MySQL a batch would go row by row.
     */
    @Override
    Optional<BulkLoad> bulkLoad(Session session, StoredTable table) throws SQLException {
        var server = session.connection().getMetaData().getDatabaseProductName();
        return server.equals("MariaDB")
                ? Optional.of(new BatchedStatement(session, table.types(), insert(table, 1)))
                : Optional.empty();
    }

    /** Its DOUBLE is always finite. */
    @Override
    void bindFloating(PreparedStatement statement, int index, double value) throws SQLException {
        if (Double.isFinite(value)) {
            statement.setDouble(index, value);
        } else {
            statement.setNull(index, Types.DOUBLE);
        }
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
