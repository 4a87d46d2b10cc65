package dev.tandem.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Creates the tables of a pipeline, and refuses existing tables of another structure. */
public final class Ddl {
    private Ddl() {}

    /** The statements as {@code tandem ddl} prints them, each ending in a semicolon. */
    public static String text(DatabaseKind kind, Layout layout) {
        var text = new StringBuilder();
        for (var statement : statements(kind.dialect(), layout)) {
            text.append(statement).append(";\n\n");
        }
        return text.append("insert into tandem_schema (version) values (%d);\n".formatted(OwnTables.VERSION))
                .toString();
    }

    /**
     * Creates what is missing.
     *
     * @throws StoreException if Tandem's own tables are of another version, a table is there without a column it needs, or it holds the
     *     rows of another pipeline, mode or view
     */
    public static void create(DatabaseAddress address, Layout layout) {
        Session.with(address, "create the tables of '%s'".formatted(layout.pipeline()), session -> {
            requireVersion(session, address);
            for (var statement : statements(session.dialect(), layout)) {
                session.execute(statement);
            }
            for (var table : layout.tables()) {
                requireColumns(session, table, address);
            }
            TableOwners.claim(session, address, layout);
            return layout;
        });
    }

    /** The same for Tandem's own tables where the ledger of {@code pipeline} is, without those of results and records. */
    public static void createOwn(DatabaseAddress address, String pipeline) {
        Session.with(address, "create the tables of '%s'".formatted(pipeline), session -> {
            requireVersion(session, address);
            for (var table : OwnTables.ALL) {
                for (var statement : session.dialect().createStatements(table)) {
                    session.execute(statement);
                }
                requireColumns(session, table, address);
            }
            return pipeline;
        });
    }

    private static List<String> statements(Dialect dialect, Layout layout) {
        var statements = new ArrayList<String>();
        layout.tables().forEach(table -> statements.addAll(dialect.createStatements(table)));
        return statements;
    }

    private static void requireVersion(Session session, DatabaseAddress address) throws SQLException {
        for (var statement : session.dialect().createStatements(OwnTables.SCHEMA)) {
            session.execute(statement);
        }
        var found = session.list("select version from tandem_schema order by version desc", it -> it.whole("version"));
        if (found.isEmpty()) {
            session.execute("insert into tandem_schema (version) values (?)", (long) OwnTables.VERSION);
            return;
        }
        long version = found.get(0);
        if (version != OwnTables.VERSION) {
            throw new StoreException(
                    "Cannot use the tables in %s: they are of version %d, this Tandem knows version %d; use %s or another database"
                            .formatted(
                                    address.told(),
                                    version,
                                    OwnTables.VERSION,
                                    version > OwnTables.VERSION ? "a newer Tandem" : "the Tandem that made them"));
        }
    }

    private static void requireColumns(Session session, StoredTable table, DatabaseAddress address)
            throws SQLException {
        var found = columns(session, table);
        var missing = table.names().stream()
                .filter(name -> !found.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (!missing.isEmpty()) {
            throw new StoreException(
                    "Cannot use table '%s' in %s: it has no column %s; %s"
                            .formatted(
                                    table.name(),
                                    address.told(),
                                    quotedWords(missing),
                                    OwnTables.isOne(table)
                                            ? "another Tandem made it: use that one, or another database"
                                            : "rename or drop the table and Tandem makes it anew, or give the output another name"));
        }
    }

    private static Set<String> columns(Session session, StoredTable table) throws SQLException {
        var sql = "select * from %s where 1 = 0".formatted(session.dialect().quoted(table.name()));
        try (var statement = session.connection().prepareStatement(sql);
                var results = statement.executeQuery()) {
            var found = new HashSet<String>();
            var metadata = results.getMetaData();
            for (int index = 1; index <= metadata.getColumnCount(); index++) {
                found.add(metadata.getColumnName(index).toLowerCase(Locale.ROOT));
            }
            return found;
        }
    }

    private static String quotedWords(List<String> words) {
        return "'" + String.join("', '", words) + "'";
    }
}
