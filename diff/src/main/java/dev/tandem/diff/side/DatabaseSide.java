package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.store.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows of a database, streamed through JDBC in one read-only transaction.
 *
 * @param query what is sent to the database
 * @param hashing how it hashes its own rows, where it can
 */
record DatabaseSide(String shown, Opening opening, String query, Typing typing, Optional<Hashing> hashing)
        implements Side {
    static final int FETCH_ROWS = 10_000;

    /** Of a database that cannot hash. */
    DatabaseSide(String shown, Opening opening, String query, Typing typing) {
        this(shown, opening, query, typing, Optional.empty());
    }

    /** Connects and begins the transaction that the rows are read in. */
    @FunctionalInterface
    interface Opening {
        Snapshot open() throws SQLException;
    }

    /** A connection in a transaction; {@code consistency} tells how far its rows belong to one moment. */
    record Snapshot(Connection connection, String consistency) {}

    @Override
    public Reading read(Duck duck, String table) {
        try {
            var snapshot = opening.open();
            try (var connection = snapshot.connection();
                    var statement =
                            connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
                statement.setFetchSize(FETCH_ROWS);
                try (var rows = statement.executeQuery(query)) {
                    new RowCopy(rows, typing).into(duck, table);
                }
                connection.rollback();
            }
            return new Reading(snapshot.consistency(), typing);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    DiffException unreadable(SQLException e) {
        return DiffException.surroundings(
                "Cannot read %s: %s; check the address, the login and the table or query"
                        .formatted(
                                shown,
                                String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("no reason given")),
                e);
    }

    /** Selects all of {@code table}, which may have a schema before a dot. */
    static String all(String table, String quote) {
        return "SELECT * FROM "
                + Arrays.stream(table.split("\\.", -1))
                        .map(part -> quote + part.replace(quote, quote + quote) + quote)
                        .collect(Collectors.joining("."));
    }

    /** The query, or all of the table that the address names. */
    static String query(TableReference given, String table, String quote) {
        if (given.query().isPresent() == !table.isEmpty()) {
            throw DiffException.question(
                    table.isEmpty()
                            ? "Cannot compare %s: it names no table; end it with ?table=NAME, or give --left-query or --right-query"
                                    .formatted(Sides.masked(given.address()))
                            : "Cannot compare %s: it has both a table and a query; give one of them"
                                    .formatted(Sides.masked(given.address())));
        }
        return given.query().orElseGet(() -> all(table, quote));
    }

    /** The table of a server that is known already. */
    static Side of(DatabaseAddress address, String query, String shown) {
        return switch (address.kind()) {
            case POSTGRES ->
                new DatabaseSide(
                        shown,
                        () -> ServerTables.postgres(address),
                        query,
                        Typing.DECLARED,
                        Optional.of(Hashing.POSTGRES));
            case MYSQL ->
                new DatabaseSide(
                        shown, () -> ServerTables.mySql(address), query, Typing.DECLARED, Optional.of(Hashing.MYSQL));
            case SQLITE -> {
                var file = ((DatabaseAddress.Sqlite) address).file();
                yield new DatabaseSide(shown, () -> SqliteTables.open(file), query, Typing.BY_VALUE);
            }
            case DUCKDB -> new DatabaseSide(shown, () -> duckDb(address), query, Typing.DECLARED);
        };
    }

    /** One process at a time has the file, so nobody else changes it meanwhile. */
    private static Snapshot duckDb(DatabaseAddress address) throws SQLException {
        var connection = address.open();
        connection.setAutoCommit(false);
        return new Snapshot(connection, "one snapshot (transaction)");
    }
}
