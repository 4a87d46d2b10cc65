package dev.tandem.store;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table that Tandem did not make: {@code parts} are its name and what qualifies it. Its columns may be of any type. */
record ForeignTable(List<String> parts) implements Serializable {
    static ForeignTable named(String name) {
        var parts = Arrays.asList(name.split("\\.", -1));
        if (parts.size() > 2) {
            throw new StoreException(
                    "Cannot read table '%s': one schema may stand before its name, no more; leave the rest out"
                            .formatted(name));
        }
        parts.forEach(it -> StoredColumn.checkName("table", it));
        return new ForeignTable(List.copyOf(parts));
    }

    String quoted(Dialect dialect) {
        return parts.stream().map(dialect::quoted).collect(Collectors.joining("."));
    }

    private String name() {
        return parts.get(parts.size() - 1);
    }

    List<String> columns(Session session) throws SQLException {
        var sql = "select * from %s where 1 = 0".formatted(quoted(session.dialect()));
        try (var statement = session.connection().prepareStatement(sql);
                var results = statement.executeQuery()) {
            var metadata = results.getMetaData();
            var names = new ArrayList<String>();
            for (int index = 1; index <= metadata.getColumnCount(); index++) {
                names.add(metadata.getColumnName(index));
            }
            return names;
        }
    }

    /** The columns of the primary key in their order; none where there is no key. */
    List<String> key(Session session) throws SQLException {
        var connection = session.connection();
        var qualifier = parts.size() == 1 ? null : parts.get(0);
        // What qualifies a table is a catalog to MySQL's driver and a schema to the others.
        boolean isCatalog = connection.getSchema() == null;
        var catalog = isCatalog && qualifier != null ? qualifier : connection.getCatalog();
        var schema = isCatalog || qualifier != null ? qualifier : connection.getSchema();
        try (var keys = connection.getMetaData().getPrimaryKeys(catalog, isCatalog ? null : schema, name())) {
            var columns = new TreeMap<Integer, String>();
            while (keys.next()) {
                columns.put(keys.getInt("KEY_SEQ"), keys.getString("COLUMN_NAME"));
            }
            return List.copyOf(columns.values());
        }
    }

    /** As Instant, LocalDate, Number, Boolean or text, whatever the column's type suggests. */
    static @Nullable Object value(ResultSet results, int index) throws SQLException {
        var metadata = results.getMetaData();
        int type = metadata.getColumnType(index);
        var value = results.getObject(index);
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (type == Types.DATE) {
            return results.getObject(index, LocalDate.class);
        }
        if (type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE) {
            boolean zoned =
                    metadata.getColumnTypeName(index).toLowerCase(Locale.ROOT).endsWith("tz");
            return zoned
                    ? results.getObject(index, OffsetDateTime.class).toInstant()
                    : results.getObject(index, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }
        return value.toString();
    }
}
