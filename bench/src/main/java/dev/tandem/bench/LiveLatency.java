package dev.tandem.bench;

import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.feed.FeedTarget;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.feed.KafkaFeeder;
import dev.tandem.feed.Pace;
import dev.tandem.feed.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Feeds a steady stream of records to a running pipeline and measures how long each takes from its arrival in Kafka to the
 * database: as the stream tells it, and as another connection sees it.
 */
final class LiveLatency {
    private static final long SEED = 7;

    private LiveLatency() {}

    public static void main(String[] words) throws Exception {
        var setting = Setting.read(Path.of(words[0]));
        setting.forgetTables();
        Files.createDirectories(setting.folder().resolve("scratch"));
        try (var spark = SparkRuntime.open("local[*]", setting.folder().resolve("scratch"));
                var stream = TandemStream.start(spark, setting, "bench-latency");
                var onlooker = new Onlooker(setting)) {
            var feeding = CompletableFuture.runAsync(() -> feed(setting));
            Thread.sleep(setting.warmUp().toMillis());
            stream.meter().restartLatency();
            onlooker.restart();
            double used = Figures.cpuSeconds();
            var before = stream.meter().reading();
            feeding.join();
            Map<Integer, Long> end;
            try (var topics = new Topics(setting.bootstrap())) {
                end = topics.endOffsets(setting.topic());
            }
            while (!stream.drained(end, Duration.ofSeconds(1))) {
                stream.check();
            }
            onlooker.awaitEnd(end);
            var reading = stream.meter().reading();
            double batches = reading.microBatches() - before.microBatches();
            var stages = reading.stages();
            System.out.println(new Figures(Map.ofEntries(
                            Map.entry("samples", (double) reading.samples()),
                            Map.entry("p50", reading.p50()),
                            Map.entry("p95", reading.p95()),
                            Map.entry("p99", reading.p99()),
                            Map.entry("max", reading.max()),
                            Map.entry("seen-p50", onlooker.percentile(50)),
                            Map.entry("seen-p95", onlooker.percentile(95)),
                            Map.entry("seen-p99", onlooker.percentile(99)),
                            Map.entry("seen-max", onlooker.percentile(100)),
                            Map.entry("cpu", Figures.cpuSeconds() - used),
                            Map.entry("batches", batches),
                            Map.entry(
                                    "prepare",
                                    (stages.prepare() - before.stages().prepare()) / batches),
                            Map.entry("fold", (stages.fold() - before.stages().fold()) / batches),
                            Map.entry(
                                    "topics",
                                    (stages.outputs() - before.stages().outputs()) / batches),
                            Map.entry(
                                    "database",
                                    (stages.database() - before.stages().database()) / batches)))
                    .line());
        }
    }

    private static void feed(Setting setting) {
        double seconds = setting.warmUp().plus(setting.length()).toMillis() / 1_000.0;
        var generation = new Generation(
                "tweets",
                SEED,
                Instant.now().minusSeconds(1),
                Duration.ofNanos((long) (1e9 / setting.perSecond())),
                OptionalLong.of((long) (seconds * setting.perSecond())),
                Generators.usualFaults("tweets"));
        var target = new FeedTarget(
                setting.bootstrap(), setting.topic(), new Pace.Evenly(setting.perSecond()), Optional.empty());
        var unused = new KafkaFeeder(target).send(Generators.feed(generation), progress -> {});
    }
}
