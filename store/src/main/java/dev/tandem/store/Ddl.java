package dev.tandem.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Creates the tables of a pipeline, and refuses existing tables of another structure. */
public final class Ddl {
    private final Session session;
    private final DatabaseAddress address;
    private final String pipeline;

    private Ddl(Session session, DatabaseAddress address, String pipeline) {
        this.session = session;
        this.address = address;
        this.pipeline = pipeline;
    }

    /** The statements as {@code tandem ddl} prints them, each ending in a semicolon. */
    public static String text(DatabaseKind kind, Layout layout) {
        var text = new StringBuilder();
        for (var statement : statements(kind.dialect(), layout)) {
            text.append(statement).append(";\n\n");
        }
        return text.append(
                        "insert into tandem_schema (version)\nselect wanted.version from (select %d as version) wanted where not exists (select 1 from tandem_schema);\n"
                                .formatted(OwnTables.VERSION))
                .toString();
    }

    /**
     * Creates what is missing. Where all is there, the user needs no right to create: {@code create table if not exists} would ask for
     * it all the same.
     *
     * @throws StoreException if the user may not create what is missing, Tandem's own tables are of another version, a table is there
     *     without a column it needs, or it holds the rows of another pipeline, mode or view
     */
    public static void create(DatabaseAddress address, Layout layout) {
        Session.with(address, "create the tables of '%s'".formatted(layout.pipeline()), session -> {
            new Ddl(session, address, layout.pipeline()).require(layout.tables());
            TableOwners.claim(session, address, layout);
            return layout;
        });
    }

    /** The same for Tandem's own tables where the ledger of {@code pipeline} is, without those of results and records. */
    public static void createOwn(DatabaseAddress address, String pipeline) {
        Session.with(address, "create the tables of '%s'".formatted(pipeline), session -> {
            new Ddl(session, address, pipeline).require(OwnTables.ALL);
            return pipeline;
        });
    }

    private static List<String> statements(Dialect dialect, Layout layout) {
        var statements = new ArrayList<String>();
        layout.tables().forEach(table -> statements.addAll(dialect.createStatements(table)));
        return statements;
    }

    private void require(List<StoredTable> tables) throws SQLException {
        require(OwnTables.SCHEMA);
        requireVersion();
        for (var table : tables) {
            require(table);
        }
    }

    private void requireVersion() throws SQLException {
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

    private void require(StoredTable table) throws SQLException {
        if (columns(table).isEmpty() || !session.dialect().hasIndexes(session, table)) {
            make(table);
        }
        requireColumns(table, columns(table).orElse(Set.of()));
    }

    /** With its indexes or not at all. */
    private void make(StoredTable table) throws SQLException {
        session.begin();
        try {
            for (var statement : session.dialect().createStatements(table)) {
                session.execute(statement);
            }
            session.connection().commit();
            session.connection().setAutoCommit(true);
        } catch (SQLException e) {
            session.rollback();
            session.connection().setAutoCommit(true);
            if (StoreException.isDenied(e)) {
                throw StoreException.mayNotCreate(table, pipeline, address, e);
            }
            // Another process may have made it at the same time.
            if (columns(table).isEmpty() || !session.dialect().hasIndexes(session, table)) {
                throw e;
            }
        }
    }

    private void requireColumns(StoredTable table, Set<String> found) {
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

    /** Empty if the table is not there. */
    private Optional<Set<String>> columns(StoredTable table) throws SQLException {
        var sql = "select * from %s where 1 = 0".formatted(session.dialect().quoted(table.name()));
        try (var statement = session.connection().prepareStatement(sql);
                var results = statement.executeQuery()) {
            var found = new HashSet<String>();
            var metadata = results.getMetaData();
            for (int index = 1; index <= metadata.getColumnCount(); index++) {
                found.add(metadata.getColumnName(index).toLowerCase(Locale.ROOT));
            }
            return Optional.of(found);
        } catch (SQLException e) {
            if (StoreException.isTableMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String quotedWords(List<String> words) {
        return "'" + String.join("', '", words) + "'";
    }
}
