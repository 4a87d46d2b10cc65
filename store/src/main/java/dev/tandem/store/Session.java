package dev.tandem.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection and the language its database speaks. One thread. */
final class Session implements AutoCloseable {
    /** Turns the row under the cursor into a value. */
    @FunctionalInterface
    interface RowReading<T> {
        T read(Cells cells) throws SQLException;
    }

    /** What is done with a session. */
    @FunctionalInterface
    interface Work<T> {
        T with(Session session) throws SQLException;
    }

    /** One row's columns, by name where speed does not matter. */
    record Cells(ResultSet results, Dialect dialect) {
        String text(String column) throws SQLException {
            return optionalText(column).orElse("");
        }

        Optional<String> optionalText(String column) throws SQLException {
            return Optional.ofNullable(results.getString(column));
        }

        long whole(String column) throws SQLException {
            return results.getLong(column);
        }

        Instant time(String column) throws SQLException {
            return optionalTime(column).orElse(Instant.EPOCH);
        }

        Optional<Instant> optionalTime(String column) throws SQLException {
            return Optional.ofNullable(dialect.time(results, results.findColumn(column)));
        }
    }

    private static final int ALIVE_SECONDS = 5;

    private final Connection connection;
    private final Dialect dialect;

    private Session(DatabaseAddress address) {
        connection = address.open();
        dialect = address.kind().dialect();
    }

    static Session open(DatabaseAddress address) {
        return new Session(address);
    }

    /** Does {@code work} in a session of its own; {@code task} names it in the error, as {@link StoreException#of} says. */
    static <T> T with(DatabaseAddress address, String task, Work<T> work) {
        try (var session = open(address)) {
            return work.with(session);
        } catch (SQLException e) {
            throw StoreException.of(task, address, e);
        }
    }

    /** As {@link #with}, in one transaction: all of it or nothing. */
    static <T> T inTransaction(DatabaseAddress address, String task, Work<T> work) {
        return with(address, task, session -> {
            session.begin();
            try {
                var result = work.with(session);
                session.connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                session.rollback();
                throw e;
            }
        });
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    boolean isAlive() throws SQLException {
        return connection.isValid(ALIVE_SECONDS);
    }

    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    /** Never throws: the caller already has an error to report, and a lost connection rolls back by itself. */
    void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            close();
        }
    }

    /** {@code values} are text, whole numbers, instants or bytes. */
    <T> List<T> list(String sql, RowReading<T> reading, Object... values) throws SQLException {
        try (var statement = prepared(sql, values);
                var results = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            var cells = new Cells(results, dialect);
            while (results.next()) {
                rows.add(reading.read(cells));
            }
            return rows;
        }
    }

    <T> Optional<T> first(String sql, RowReading<T> reading, Object... values) throws SQLException {
        return list(sql, reading, values).stream().findFirst();
    }

    int execute(String sql, Object... values) throws SQLException {
        try (var statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int index = 0; index < values.length; index++) {
                dialect.bind(statement, index + 1, typeOf(values[index]), values[index]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** The type by which a value of a condition is bound. */
    static ColumnType typeOf(Object value) {
        if (value instanceof Number) {
            return ColumnType.WHOLE;
        }
        if (value instanceof Instant) {
            return ColumnType.TIME;
        }
        return value instanceof byte[] ? ColumnType.BYTES : ColumnType.TEXT;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The server ends what a connection that cannot be closed has begun.
        }
    }
}
