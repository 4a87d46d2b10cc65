package dev.tandem.store;

import static dev.tandem.store.Sample.ELSEWHERE;
import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.NOON;

import dev.tandem.store.JdbcStreamLedger.Writer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    final void dropTheTables() {
        spoil();
        Session.inTransaction(address(), "drop the tables", session -> {
            for (var table : allTables()) {
                session.execute("drop table if exists " + session.dialect().quoted(table.name()));
            }
            return session;
        });
    }

    /** Emptying them takes a tenth of the time that making them anew does. */
    @BeforeEach
    void emptyTheTables() {
        Session.inTransaction(address(), "empty the tables", session -> {
            for (var table : allTables()) {
                if (!tablesAreThere) {
                    session.execute("drop table if exists " + session.dialect().quoted(table.name()));
                } else if (!table.equals(OwnTables.SCHEMA)) {
                    session.execute("delete from " + session.dialect().quoted(table.name()));
                }
            }
            return session;
        });
        if (!tablesAreThere) {
            Ddl.create(address(), LAYOUT);
            Ddl.create(address(), ELSEWHERE);
        }
        tablesAreThere = true;
    }

    private static Set<StoredTable> allTables() {
        var tables = new LinkedHashSet<>(LAYOUT.tables());
        tables.addAll(ELSEWHERE.tables());
        return tables;
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

    /** What {@code sql} selects, each row as its columns' text. */
    final List<List<@Nullable String>> selected(String sql) {
        return Session.with(
                address(),
                "select",
                session -> session.list(sql, cells -> {
                    var row = new ArrayList<@Nullable String>();
                    for (int index = 1; index <= cells.results().getMetaData().getColumnCount(); index++) {
                        row.add(cells.results().getString(index));
                    }
                    return row;
                }));
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

    /** Whether a column of 64 characters refuses longer text. */
    boolean limitsText() {
        return true;
    }

    /** A number as this database gives it back: the same, unless it declares otherwise. */
    @Nullable
    Double asStored(Double number) {
        return number;
    }
}
