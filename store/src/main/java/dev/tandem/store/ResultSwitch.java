package dev.tandem.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces the earlier results by those of a rebuild. The ledger's database decides: once it says that the switch has begun, the
 * next process that opens the tables completes it, however often it is interrupted. In each database readers see the earlier
 * results or the new ones: PostgreSQL and SQLite rename tables inside of the transaction that moves the ledger, MySQL and MariaDB
 * in one statement before it.
 */
public final class ResultSwitch {
    /** How far a rebuild has come. */
    public enum State {
        /**
         * Results are made beside those in use; a rebuild that was killed stays in this state, and the next one starts from
         * scratch.
         */
        BUILDING,
        /** The new results are whole and are being put in place. */
        SWITCHING,
        /** They are in place, and the earlier ones are kept. */
        KEPT;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A rebuild as the ledger has it; {@code since} is when it came to this state. */
    public record Progress(State state, Instant since) {}

    private final DatabaseAddress ledger;
    private final List<DatabaseAddress> others;
    private final String pipeline;
    private final Clock clock;
    private final Fence fence;

    /** {@code others} are the databases of the pipeline's tables beside the ledger's. */
    public ResultSwitch(DatabaseAddress ledger, List<DatabaseAddress> others, String pipeline, Clock clock) {
        this.ledger = ledger;
        this.others = List.copyOf(others);
        this.pipeline = pipeline;
        this.clock = clock;
        this.fence = new Fence(pipeline);
    }

    /** Empty where there was no rebuild, or its earlier results were deleted. */
    public Optional<Progress> progress() {
        return Session.with(ledger, task("look for a rebuild"), this::progress);
    }

    private Optional<Progress> progress(Session session) throws SQLException {
        return session.first(
                "select state, since from tandem_rebuild where pipeline = ?",
                cells -> new Progress(State.valueOf(cells.text("state").toUpperCase(Locale.ROOT)), cells.time("since")),
                pipeline);
    }

    /** Shuts out every stream of the pipeline, and deletes what a rebuild that was killed has left. */
    public void begin(JdbcStreamLedger.Writer writer) {
        Session.inTransaction(ledger, task("begin to rebuild"), session -> {
            var now = progress(session);
            if (now.filter(it -> it.state() == State.KEPT).isPresent()) {
                throw new StoreException(
                        "Cannot rebuild '%s': the results that its last rebuild replaced at %s are still kept; look whether anybody needs them (tables tandem_before_…), delete them with ./tandem plan %s --forget, and run it again"
                                .formatted(pipeline, now.get().since(), pipeline));
            }
            fence.raise(session, writer.owner(), clock);
            enter(session, State.BUILDING, writer.runId());
            return fence;
        });
        discard(Generation.NEXT);
    }

    private void enter(Session session, State state, String runId) throws SQLException {
        session.execute("delete from tandem_rebuild where pipeline = ?", pipeline);
        session.execute(
                "insert into tandem_rebuild (pipeline, state, run_id, since) values (?, ?, ?, ?)",
                pipeline,
                state.word(),
                runId,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Decides for the new results, which are whole.
     *
     * @throws StoreException if another writer has taken over the pipeline since {@link #begin}
     */
    public void decide(String runId) {
        Session.inTransaction(ledger, task("switch to the new results"), session -> {
            fence.require(session, "the rebuilt results");
            enter(session, State.SWITCHING, runId);
            return fence;
        });
    }

    /** Completes a switch that has been decided; does nothing where none has. */
    public void complete() {
        if (progress().filter(it -> it.state() == State.SWITCHING).isEmpty()) {
            return;
        }
        for (var address : others) {
            Session.inTransaction(address, task("switch to the new results"), session -> {
                putInPlace(session, address);
                return address;
            });
        }
        Session.inTransaction(ledger, task("switch to the new results"), session -> {
            putInPlace(session, ledger);
            session.execute(
                    "update tandem_run set pipeline = ? where pipeline = ?",
                    pipeline,
                    Generation.NEXT.pipeline(pipeline));
            session.execute(
                    "update tandem_rebuild set state = ?, since = ? where pipeline = ?",
                    State.KEPT.word(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    pipeline);
            return ledger;
        });
    }

    /** Done already where nothing of the next generation is left; two names of databases may stand for one place. */
    private void putInPlace(Session session, DatabaseAddress address) throws SQLException {
        var next = Generation.NEXT.pipeline(pipeline);
        var before = Generation.BEFORE.pipeline(pipeline);
        var tables = new TableNames(session);
        var coming = owned(session, next);
        if (coming.isEmpty() && !hasRows(session, tables, next)) {
            return;
        }
        for (var statement : address.kind().dialect().rename(session, renames(session, tables, coming))) {
            session.execute(statement);
        }
        for (var table : owned(session, pipeline)) {
            moveOwner(session, table, Generation.BEFORE.table(table), before);
        }
        for (var table : coming) {
            moveOwner(session, table, Generation.current(table), pipeline);
        }
        for (var table : OwnTables.OF_RESULTS) {
            if (tables.has(table.name())) {
                move(session, table, pipeline, before);
                move(session, table, next, pipeline);
            }
        }
    }

    private static boolean hasRows(Session session, TableNames tables, String name) throws SQLException {
        for (var table : OwnTables.OF_RESULTS) {
            if (tables.has(table.name()) && holds(session, table, name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * In the order in which no name is taken when it is given. Where a server died inside of its renaming, some are done already: a
     * table whose successor has arrived is that successor.
     */
    private Map<String, String> renames(Session session, TableNames tables, List<String> coming) throws SQLException {
        var away = new LinkedHashMap<String, String>();
        var here = new LinkedHashMap<String, String>();
        for (var table : coming) {
            tables.actual(table).ifPresent(it -> here.put(it, Generation.current(it)));
        }
        for (var table : owned(session, pipeline)) {
            var successor = Generation.NEXT.table(table);
            boolean arrived = coming.contains(successor) && !tables.has(successor);
            tables.actual(table).filter(it -> !arrived).ifPresent(it -> away.put(it, Generation.BEFORE.table(it)));
        }
        away.putAll(here);
        return away;
    }

    /** The names of its tables as {@code tandem_owner} has them, in lower case. */
    private static List<String> owned(Session session, String by) throws SQLException {
        return session.list(
                "select table_name from tandem_owner where pipeline = ? order by table_name",
                cells -> cells.text("table_name"),
                by);
    }

    private static boolean holds(Session session, StoredTable table, String name) throws SQLException {
        return session.first(
                        "select pipeline from %s where pipeline = ? limit 1".formatted(table.name()),
                        cells -> cells.text("pipeline"),
                        name)
                .isPresent();
    }

    private static void move(Session session, StoredTable table, String from, String to) throws SQLException {
        session.execute("update %s set pipeline = ? where pipeline = ?".formatted(table.name()), to, from);
    }

    private static void moveOwner(Session session, String table, String to, String pipeline) throws SQLException {
        session.execute(
                "update tandem_owner set table_name = ?, pipeline = ? where table_name = ?", to, pipeline, table);
    }

    /** Deletes the results that the last rebuild has replaced. */
    public boolean forget() {
        if (progress().filter(it -> it.state() == State.KEPT).isEmpty()) {
            return false;
        }
        discard(Generation.BEFORE);
        Session.inTransaction(ledger, task("forget the earlier results"), session -> {
            session.execute("delete from tandem_rebuild where pipeline = ? and state = ?", pipeline, State.KEPT.word());
            return pipeline;
        });
        return true;
    }

    private void discard(Generation generation) {
        var places = new ArrayList<>(others);
        places.add(ledger);
        for (var address : places) {
            Session.inTransaction(address, task("delete results"), session -> {
                discard(session, generation.pipeline(pipeline));
                return address;
            });
        }
    }

    private static void discard(Session session, String name) throws SQLException {
        var tables = new TableNames(session);
        if (!tables.has(OwnTables.OWNER.name())) {
            return;
        }
        for (var table : owned(session, name)) {
            var actual = tables.actual(table);
            if (actual.isPresent()) {
                session.execute("drop table " + session.dialect().quoted(actual.get()));
            }
        }
        session.execute("delete from tandem_owner where pipeline = ?", name);
        var own = new ArrayList<>(OwnTables.OF_RESULTS);
        own.add(OwnTables.RUN);
        for (var table : own) {
            if (tables.has(table.name())) {
                session.execute("delete from %s where pipeline = ?".formatted(table.name()), name);
            }
        }
    }

    private String task(String what) {
        return "%s of '%s'".formatted(what, pipeline);
    }
}
