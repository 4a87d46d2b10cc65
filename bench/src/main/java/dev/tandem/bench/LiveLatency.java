package dev.tandem.bench;

import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.engine.stream.StreamRun;
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
import java.util.HashMap;
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
            System.out.println(measure(setting, stream, onlooker).line());
        }
    }

    /** What is measured begins after the warm-up and ends when the last record is committed and seen. */
    private static Figures measure(Setting setting, StreamRun stream, Onlooker onlooker) throws Exception {
        var feeding = CompletableFuture.runAsync(() -> feed(setting));
        Thread.sleep(setting.warmUp().toMillis());
        stream.meter().restartLatency();
        onlooker.restart();
        double used = Figures.cpuSeconds();
        var before = stream.meter().reading();
        feeding.join();
        awaitEnd(setting, stream, onlooker);
        var figures = new HashMap<String, Double>();
        var after = stream.meter().reading();
        figures.putAll(latency(after, onlooker));
        figures.putAll(stages(before, after));
        figures.put("cpu", Figures.cpuSeconds() - used);
        return new Figures(figures);
    }

    private static void awaitEnd(Setting setting, StreamRun stream, Onlooker onlooker) throws Exception {
        Map<Integer, Long> end;
        try (var topics = new Topics(setting.bootstrap())) {
            end = topics.endOffsets(setting.topic());
        }
        while (!stream.drained(end, Duration.ofSeconds(1))) {
            stream.check();
        }
        onlooker.awaitEnd(end);
    }

    /** From arrival to commit as the stream tells it, and as the onlooker sees it. */
    private static Map<String, Double> latency(StreamMeter.Reading reading, Onlooker onlooker) {
        return Map.of(
                "samples", (double) reading.samples(),
                "p50", reading.p50(),
                "p95", reading.p95(),
                "p99", reading.p99(),
                "max", reading.max(),
                "seen-p50", onlooker.percentile(50),
                "seen-p95", onlooker.percentile(95),
                "seen-p99", onlooker.percentile(99),
                "seen-max", onlooker.percentile(100));
    }

    /** How many micro-batches there were, and how long each stage took of one of them. */
    private static Map<String, Double> stages(StreamMeter.Reading before, StreamMeter.Reading after) {
        double batches = after.microBatches() - before.microBatches();
        var from = before.stages();
        var to = after.stages();
        return Map.of(
                "batches", batches,
                "prepare", (to.prepare() - from.prepare()) / batches,
                "fold", (to.fold() - from.fold()) / batches,
                "topics", (to.outputs() - from.outputs()) / batches,
                "database", (to.database() - from.database()) / batches);
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
