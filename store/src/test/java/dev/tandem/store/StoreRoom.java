package dev.tandem.store;

import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.NOON;

import dev.tandem.store.JdbcStreamLedger.Writer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A database under test, its tables empty before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreRoom {
    static final Clock CLOCK = Clock.fixed(NOON.plusNanos(123_456_000), ZoneOffset.UTC);

    /** A database that the test may do anything with. */
    abstract DatabaseAddress address();

    /** The statement that ends every other connection; empty where there is no server to do it. */
    abstract Optional<String> hangingUp();

    private boolean tablesAreThere;

    /** To be called by a test that changed a table. */
    final void spoil() {
        tablesAreThere = false;
    }

    /** Emptying them takes a tenth of the time that making them anew does. */
    @BeforeEach
    void emptyTheTables() throws SQLException {
        try (var session = Session.open(address())) {
            for (var table : LAYOUT.tables()) {
                if (!tablesAreThere) {
                    session.execute("drop table if exists " + session.dialect().quoted(table.name()));
                } else if (!table.equals(OwnTables.SCHEMA)) {
                    session.execute("delete from " + session.dialect().quoted(table.name()));
                }
            }
        }
        if (!tablesAreThere) {
            Ddl.create(address(), LAYOUT);
        }
        tablesAreThere = true;
    }

    final JdbcStreamLedger ledger(String owner) {
        return new JdbcStreamLedger(address(), LAYOUT, new Writer("run-1", owner), CLOCK);
    }

    final JdbcStreamLedger taken() {
        var ledger = ledger("first");
        ledger.takeOver();
        return ledger;
    }

    final List<StoredRow> streamRows() {
        return drained(new ResultReader(address(), Sample.STATS, "stream_stats").rows());
    }

    final List<StoredRow> batchRows() {
        return drained(new ResultReader(address(), Sample.STATS, "batch_stats").rows());
    }

    final LedgerReader reader() {
        return new LedgerReader(address(), "tweets");
    }

    static <T> List<T> drained(Iterator<T> iterator) {
        var all = new ArrayList<T>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    /** Text as this database gives it back: the same, unless it declares otherwise. */
    @Nullable
    String asStored(@Nullable String text) {
        return text;
    }
}
