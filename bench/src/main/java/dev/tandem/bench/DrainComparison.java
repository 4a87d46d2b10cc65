package dev.tandem.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * A full topic read to its end by Tandem, Flink and stock Spark, in turns.
 *
 * @param large {@code max_records} of Tandem where the log is in segments; a log in a table keeps the definition's, because the records of a micro-batch are in the heap until they are stored
 */
record DrainComparison(Ground ground, Setting setting, Programs programs, int large, List<String> opponents) {
    static final String FLINK = "Flink";
    static final String STOCK = "stock Spark";
    private static final long CHECKED_EVENTS = 20_000;

    void measure(long events, int rounds) throws IOException, InterruptedException, SQLException {
        var segments = setting.with(new InSegments(setting.definition()).write(setting.folder()));
        for (var program : List.of(tandem(), flink(), stock())) {
            program.forgetArchive();
        }
        checkRows(segments);
        ground.topics(setting.topic());
        long records = ground.fill(setting.topic(), events);
        System.out.printf(
                "%ndrain: %,d records from Kafka to every output; seconds from the engine being up to the last commit%n",
                records);
        var comparison = new Comparison(records);
        int defined = setting.pipeline().stream().maxRecords();
        for (int round = 1; round <= rounds; round++) {
            note(comparison, "Tandem, log in segments", tandem(), named(segments, "segments-", round, large));
            note(comparison, "Tandem, log in a table", tandem(), named(setting, "table-", round, defined));
            if (opponents.contains(FLINK)) {
                note(comparison, FLINK, flink(), named(setting, "flink-", round, 0));
            }
            if (opponents.contains(STOCK)) {
                note(comparison, STOCK, stock(), named(setting, "stock-", round, 0));
            }
        }
        comparison.tellMedians(opponents);
    }

    /**
     * Over records in order none is late, and then Tandem and Flink must store the same rows. These runs, which are not measured, also
     * write the archives of loaded classes.
     */
    private void checkRows(Setting segments) throws IOException, InterruptedException, SQLException {
        ground.topics(setting.topic());
        ground.fillInOrder(setting.topic(), CHECKED_EVENTS);
        tandem().run(named(segments, "checked-tandem-", 0, large));
        var tandem = ResultRows.stored(setting, "stream_");
        if (opponents.contains(STOCK)) {
            stock().run(named(setting, "checked-stock-", 0, 0));
        }
        if (!opponents.contains(FLINK)) {
            return;
        }
        flink().run(named(setting, "checked-flink-", 0, 0));
        var flink = ResultRows.stored(setting, "flink_");
        tandem.requireEqual("Tandem", flink, FLINK);
        System.out.printf(
                "%nchecked: over %,d events in order Tandem and Flink store the same %,d rows%n",
                CHECKED_EVENTS, tandem.count());
    }

    private Child tandem() {
        return programs.tandem(TandemDrain.class).archivedIn(setting.folder());
    }

    private Child flink() {
        return programs.flink().archivedIn(setting.folder());
    }

    private Child stock() {
        return programs.own(StockDrain.class).archivedIn(setting.folder());
    }

    private static Setting named(Setting setting, String name, int round, int maxRecords) {
        return setting.at(setting.folder().resolve("drain").resolve(name + round), maxRecords);
    }

    private void note(Comparison comparison, String name, Child child, Setting own)
            throws IOException, InterruptedException {
        double serversBefore = ground.cpuSeconds();
        var figures = child.run(own);
        double servers = ground.cpuSeconds() - serversBefore;
        comparison.note(name, new Comparison.Run(figures.of("seconds"), figures.of("cpu"), servers));
        System.out.println("    " + figures.line());
    }
}
