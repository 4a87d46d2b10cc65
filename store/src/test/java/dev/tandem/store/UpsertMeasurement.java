package dev.tandem.store;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.Mode;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.MariaDb;
import dev.tandem.servers.PostgreSql;
import dev.tandem.store.RowBatch.Collision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast rows are upserted, beside the plain batched insert of the same values by the same driver: rows per second of each, in
 * turns, and the median of the ratios. No test: it takes a minute and its numbers belong to the machine. Run its {@code main} with the
 * test class path, in this module's folder.
 */
final class UpsertMeasurement {
    private static final int ROWS = 40_000;
    private static final int ROUNDS = 5;
    private static final int BATCH = 1_000;

    /** A way to write the rows. */
    @FunctionalInterface
    private interface Writing {
        void into(Session session) throws SQLException;
    }

    private final ResultTable table = Sample.LAYOUT.results(Mode.STREAM).get(0);
    private final Instant asOf = Clock.systemUTC().instant();
    private final List<ResultRow> rows = new ArrayList<>();

    private UpsertMeasurement() {
        for (int number = 0; number < ROWS; number++) {
            rows.add(Sample.stats("#tag" + number, number));
        }
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        var measurement = new UpsertMeasurement();
        var folder = Files.createTempDirectory("upsert");
        measurement.of(new DatabaseAddress.Sqlite(folder.resolve("store.db")));
        var places = LocalPlaces.fresh();
        var mariaDb = MariaDb.start(places, Lifetime.WITH_THIS_JVM);
        measurement.of(new DatabaseAddress.MySql(LocalPlaces.server(mariaDb.address(), mariaDb.login())));
        mariaDb.stop();
        var postgreSql = PostgreSql.start(places, Lifetime.WITH_THIS_JVM);
        measurement.of(new DatabaseAddress.Postgres(LocalPlaces.server(postgreSql.address(), postgreSql.login())));
        postgreSql.stop();
        LocalPlaces.delete(places);
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void of(DatabaseAddress address) throws SQLException {
        Ddl.create(address, Sample.LAYOUT);
        try (var session = Session.open(address)) {
            var newRows = new ArrayList<Double>();
            var rowsThere = new ArrayList<Double>();
            // The first round warms up.
            for (int round = 0; round <= ROUNDS; round++) {
                empty(session);
                double plain = perSecond(session, this::insertPlainly);
                empty(session);
                double upsert = perSecond(session, this::upsert);
                double update = perSecond(session, this::upsert);
                if (round > 0) {
                    tell("%-8s round %d  plain insert %,9.0f/s  upsert of new rows %,9.0f/s  of rows there %,9.0f/s"
                            .formatted(address.kind().word(), round, plain, upsert, update));
                    newRows.add(upsert / plain);
                    rowsThere.add(update / plain);
                }
            }
            tell("%-8s median of %d: upsert / plain insert = %.2f (rows there: %.2f)"
                    .formatted(address.kind().word(), ROUNDS, median(newRows), median(rowsThere)));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @SuppressWarnings("SystemOut") // this is what it is for
    private static void tell(String line) {
        System.out.println(line);
    }

    private void empty(Session session) throws SQLException {
        var name = session.dialect().quoted(table.table().name());
        // SQLite's delete of everything is one already; the servers would clean up while the next rows are written.
        session.execute(session.dialect() instanceof SqliteDialect ? "delete from " + name : "truncate table " + name);
    }

    private static double perSecond(Session session, Writing writing) throws SQLException {
        long start = System.nanoTime();
        session.begin();
        writing.into(session);
        session.connection().commit();
        session.connection().setAutoCommit(true);
        return ROWS / ((System.nanoTime() - start) / 1e9);
    }

    private void insertPlainly(Session session) throws SQLException {
        var columns = table.table().columns();
        try (var statement =
                session.connection().prepareStatement(session.dialect().insert(table.table(), 1))) {
            int waiting = 0;
            for (var row : rows) {
                var values = table.values(row, row.rowKey().bytes(), asOf, "run");
                for (int index = 0; index < values.length; index++) {
                    session.dialect()
                            .bind(statement, index + 1, columns.get(index).type(), values[index]);
                }
                statement.addBatch();
                if (++waiting == BATCH) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            statement.executeBatch();
        }
    }

    private void upsert(Session session) throws SQLException {
        try (var writer = new ResultWriter(session, List.of(table), Collision.REPLACE, "run")) {
            writer.merge(rows, asOf);
        }
    }
}
