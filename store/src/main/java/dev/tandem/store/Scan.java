package dev.tandem.store;

import dev.tandem.fold.LandedLog.ClosingIterator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Streams the rows of a query over a connection of its own, which is closed at the end or before. */
final class Scan<T> implements ClosingIterator<T> {
    /** Turns the row under the cursor into a value; columns by number, since this runs for each of millions. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet results, Dialect dialect) throws SQLException;
    }

    /** A select, the values for its question marks, and the words for an error. */
    record Query(String task, String sql, List<Object> values) {}

    private static final int FETCH = 512;

    private final DatabaseAddress address;
    private final Query query;
    private final Reading<T> reading;
    private final Dialect dialect;
    private final Connection connection;
    private final ResultSet results;
    private @Nullable T next;

    private Scan(DatabaseAddress address, Query query, Reading<T> reading, Connection connection) throws SQLException {
        this.address = address;
        this.query = query;
        this.reading = reading;
        this.connection = connection;
        this.dialect = address.kind().dialect();
        dialect.prepareScan(connection);
        this.results = execute();
        this.next = advance();
    }

    static <T> Scan<T> open(DatabaseAddress address, Query query, Reading<T> reading) {
        var connection = address.open();
        try {
            return new Scan<>(address, query, reading, connection);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw StoreException.of(query.task(), address, e);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the statement lives and ends with the connection
    private ResultSet execute() throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(query.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(FETCH);
        for (int index = 0; index < query.values().size(); index++) {
            var value = query.values().get(index);
            dialect.bind(statement, index + 1, Session.typeOf(value), value);
        }
        return statement.executeQuery();
    }

    private @Nullable T advance() throws SQLException {
        if (results.next()) {
            return reading.read(results, dialect);
        }
        close();
        return null;
    }

    /** The value that {@link #next} will give, or null at the end. */
    @Nullable
    T peek() {
        return next;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public T next() {
        var given = next;
        if (given == null) {
            throw new NoSuchElementException(query.task());
        }
        try {
            next = advance();
        } catch (SQLException e) {
            close();
            throw StoreException.of(query.task(), address, e);
        }
        return given;
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was written over it, so nothing is lost.
        }
    }
}
