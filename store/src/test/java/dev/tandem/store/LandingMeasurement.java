package dev.tandem.store;

import dev.tandem.fold.Prepared;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.MariaDb;
import dev.tandem.servers.PostgreSql;
import dev.tandem.store.JdbcStreamLedger.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How fast micro-batches of records land in a table: records per second, and microseconds of processor time for each record in this
 * process and in its children, which are the servers. No test: it takes a minute and its numbers belong to the machine. Run its
 * {@code main} with the test class path, in this module's folder.
 */
final class LandingMeasurement {
    private static final int RECORDS = 50_000;
    private static final int ROUNDS = 8;
    private static final String TEXT = "x".repeat(280);

    private LandingMeasurement() {}

    public static void main(String[] arguments) throws IOException {
        var chosen = List.of(arguments);
        var places = LocalPlaces.fresh();
        if (chosen.contains("mysql")) {
            var mariaDb = MariaDb.start(places, Lifetime.WITH_THIS_JVM);
            measure(new DatabaseAddress.MySql(LocalPlaces.server(mariaDb.address(), mariaDb.login())));
            mariaDb.stop();
        }
        if (chosen.contains("postgres")) {
            var postgreSql = PostgreSql.start(places, Lifetime.WITH_THIS_JVM);
            measure(new DatabaseAddress.Postgres(LocalPlaces.server(postgreSql.address(), postgreSql.login())));
            postgreSql.stop();
        }
        LocalPlaces.delete(places);
        if (chosen.contains("sqlite")) {
            var folder = Files.createTempDirectory("landing");
            measure(new DatabaseAddress.Sqlite(folder.resolve("store.db")));
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void measure(DatabaseAddress address) {
        Ddl.create(address, Sample.LAYOUT);
        var clock = Clock.systemUTC();
        try (var ledger = new JdbcStreamLedger(address, Sample.LAYOUT, new Writer("run", "host"), clock)) {
            ledger.takeOver();
            // The first rounds warm up.
            for (int round = 0; round < ROUNDS; round++) {
                long first = (long) round * RECORDS;
                var changes = Sample.changes(round + 1, records(first), List.of());
                var entry = Sample.entry(round, first + RECORDS);
                double own = seconds(ProcessHandle.current());
                double servers = ofServers();
                long start = System.nanoTime();
                ledger.commit(changes, entry);
                double took = (System.nanoTime() - start) / 1e9;
                tell("%-8s round %d  %,9.0f records/s  µs of processor for each: here %.1f, in servers %.1f"
                        .formatted(
                                address.kind().word(),
                                round,
                                RECORDS / took,
                                (seconds(ProcessHandle.current()) - own) * 1e6 / RECORDS,
                                (ofServers() - servers) * 1e6 / RECORDS));
            }
        }
    }

    private static List<Prepared> records(long first) {
        var records = new ArrayList<Prepared>();
        for (long position = first; position < first + RECORDS; position++) {
            var record = Sample.record(position);
            records.add(new Prepared(
                    record.at(),
                    record.arrivedMillis(),
                    Sample.raw("{\"id\":\"id-%d\",\"text\":\"%s\"}".formatted(position, TEXT)),
                    record.rejection(),
                    record.exit(),
                    record.eventMicros(),
                    record.identity(),
                    record.landKey(),
                    record.contributions(),
                    record.fields(),
                    record.unmatched()));
        }
        return records;
    }

    private static double ofServers() {
        return ProcessHandle.current()
                .descendants()
                .mapToDouble(LandingMeasurement::seconds)
                .sum();
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    @SuppressWarnings("SystemOut") // this is what it is for
    private static void tell(String line) {
        System.out.println(line);
    }
}
