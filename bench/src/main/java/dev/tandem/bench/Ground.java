package dev.tandem.bench;

import dev.tandem.feed.FaultPlan;
import dev.tandem.feed.FeedTarget;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.feed.KafkaFeeder;
import dev.tandem.feed.Pace;
import dev.tandem.feed.Topics;
import dev.tandem.servers.KafkaBroker;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.MariaDb;
import dev.tandem.servers.Places;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The servers that everything is measured on, empty at the beginning and gone at the end. */
final class Ground implements AutoCloseable {
    private static final int PARTITIONS = 2;
    private static final long SEED = 42;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofHours(2);

    private final KafkaBroker kafka;
    private final MariaDb database;

    Ground(Path home, Path installation) throws IOException {
        forget(home.resolve("servers"));
        var places = new Places(installation.resolve("servers"), home.resolve("servers"), home.resolve("cache"));
        kafka = KafkaBroker.start(places, Lifetime.WITH_THIS_JVM);
        try {
            database = MariaDb.start(places, Lifetime.WITH_THIS_JVM);
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    static void forget(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    String bootstrap() {
        return kafka.bootstrapServers();
    }

    DatabaseAddress.Server database() {
        var address = URI.create("tcp://" + database.address());
        var login = database.login();
        return new DatabaseAddress.Server(
                address.getHost(),
                address.getPort(),
                login.database(),
                new DatabaseAddress.Login(login.user(), login.password()));
    }

    /** Makes the topics anew. */
    void topics(String source) {
        try (var topics = new Topics(bootstrap())) {
            topics.delete(source);
            for (var topic : List.of(source, "results_feed", "stock_results", "flink_results")) {
                var unused = topics.ensure(topic, PARTITIONS);
            }
        }
    }

    /** Fills {@code topic} with two hours of event time in which no record is late, whatever the engine. */
    long fillInOrder(String topic, long events) {
        return fill(topic, events, Generators.usualFaults("tweets").withLate(0, Duration.ZERO, Duration.ZERO));
    }

    /** Fills {@code topic} with two hours of event time, the same records each time; the definition's faults are among them. */
    long fill(String topic, long events) {
        return fill(topic, events, Generators.usualFaults("tweets"));
    }

    private long fill(String topic, long events, FaultPlan faults) {
        var generation = new Generation("tweets", SEED, START, SPAN.dividedBy(events), OptionalLong.of(events), faults);
        var target = new FeedTarget(bootstrap(), topic, new Pace.Unpaced(), Optional.empty());
        return new KafkaFeeder(target)
                .send(Generators.feed(generation), progress -> {})
                .acked();
    }

    /** Processor time of the servers so far. */
    double cpuSeconds() {
        return ProcessHandle.current()
                        .descendants()
                        .flatMap(it -> it.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toMillis)
                        .sum()
                / 1e3;
    }

    @Override
    public void close() {
        database.close();
        kafka.close();
    }
}
