package dev.tandem.bench;

import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.feed.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Reads a full topic to its end with Tandem's own stream. Its own process, so that nothing is warm. */
final class TandemDrain {
    /** Where its tasks run, to measure executors of a cluster: {@code --java=-Dbench.master=spark://HOST:7077}. */
    private static final String MASTER = "bench.master";

    private TandemDrain() {}

    public static void main(String[] words) throws Exception {
        var setting = Setting.read(Path.of(words[0]));
        setting.forgetTables();
        Map<Integer, Long> end;
        try (var topics = new Topics(setting.bootstrap())) {
            end = topics.endOffsets(setting.topic());
        }
        Files.createDirectories(setting.folder().resolve("scratch"));
        try (var spark = SparkRuntime.open(
                System.getProperty(MASTER, "local[*]"), setting.folder().resolve("scratch"))) {
            long begun = System.nanoTime();
            try (var stream = TandemStream.start(spark, setting, "bench-drain")) {
                while (!stream.drained(end, Duration.ofSeconds(1))) {
                    stream.check();
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                var reading = stream.meter().reading();
                var stages = reading.stages();
                System.out.println(new Figures(Map.of(
                                "seconds", seconds,
                                "cpu", Figures.cpuSeconds(),
                                "records", (double) reading.fates().read(),
                                "batches", (double) reading.microBatches(),
                                "prepare", stages.prepare(),
                                "fold", stages.fold(),
                                "topics", stages.outputs(),
                                "database", stages.database()))
                        .line());
            }
        }
    }
}
