package dev.tandem.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables that a database has, found by their names in any case. */
final class TableNames {
    private final Map<String, String> actual = new HashMap<>();

    TableNames(Session session) throws SQLException {
        var connection = session.connection();
        var metadata = connection.getMetaData();
        try (var tables = metadata.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                var name = tables.getString("TABLE_NAME");
                actual.put(name.toLowerCase(Locale.ROOT), name);
            }
        }
    }

    boolean has(String name) {
        return actual.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** The name as the database writes it; empty if it has no such table. */
    Optional<String> actual(String name) {
        return Optional.ofNullable(actual.get(name.toLowerCase(Locale.ROOT)));
    }
}
