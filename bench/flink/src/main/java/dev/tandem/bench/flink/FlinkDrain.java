package dev.tandem.bench.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a full topic to its end with the Flink job and prints what that took. The clock starts when the cluster is up, as Tandem's
 * does when Spark is up, and stops when the last checkpoint has made all files final. The end of the topic also closes the windows,
 * which writes each open row once more: some thousand rows.
 */
final class FlinkDrain {
    /** State is kept on the heap, as Tandem's is, and a checkpoint writes all of it: the usual interval is kinder than a short one. */
    private static final Duration CHECKPOINT = Duration.ofSeconds(10);

    private static final Duration ROWS_EVERY = Duration.ofSeconds(1);

    private FlinkDrain() {}

    @SuppressWarnings("try") // closing may be interrupted, and then the process ends
    public static void main(String[] words) throws Exception {
        var setting = FlinkSetting.read(Path.of(words[0]));
        setting.createTables();
        long records = records(setting);
        var configuration = configuration(setting);
        int cores = Runtime.getRuntime().availableProcessors();
        var cluster = new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(cores)
                .withRandomPorts()
                .build();
        try (var flink = new MiniCluster(cluster)) {
            flink.start();
            long begun = System.nanoTime();
            var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
            environment.setParallelism(cores);
            build(environment, setting);
            flink.executeJobBlocking(environment.getStreamGraph().getJobGraph());
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT, "figures cpu=%.3f records=%d seconds=%.3f%n", cpuSeconds(), records, seconds);
        }
    }

    private static void build(StreamExecutionEnvironment environment, FlinkSetting setting) {
        var source = KafkaSource.<Arrived>builder()
                .setBootstrapServers(setting.bootstrap())
                .setTopics(setting.topic())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new Receiving())
                .build();
        var messages = environment.fromSource(source, WatermarkStrategy.noWatermarks(), "topic");
        var outputs = new Outputs(setting);
        messages.sinkTo(outputs.raw()).name("raw files");
        var views = new TweetsJob(ROWS_EVERY).over(messages);
        views.refused().sinkTo(outputs.refused()).name("refused files");
        views.stats().sinkTo(outputs.statsTable()).name("stats table");
        views.stats().sinkTo(outputs.topic()).name("stats topic");
        views.totals().sinkTo(outputs.totalsTable()).name("totals table");
        views.top().sinkTo(outputs.topTable()).name("top table");
    }

    private static Configuration configuration(FlinkSetting setting) throws Exception {
        var scratch = Files.createDirectories(setting.folder().resolve("scratch"));
        var configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                setting.folder().resolve("checkpoint").toUri().toString());
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(CoreOptions.TMP_DIRS, scratch.toString());
        // Nothing keeps a record that it has handed on, so Flink need not copy records between chained operators.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // Refuses types that only Kryo could serialize, which is slow.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        return configuration;
    }

    private static long records(FlinkSetting setting) throws Exception {
        try (var admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, setting.bootstrap()))) {
            var topics = admin.describeTopics(List.of(setting.topic()));
            var ends = topics.allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .collect(Collectors.toMap(
                            it -> new TopicPartition(setting.topic(), it.partition()), it -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(it -> it.offset())
                    .sum();
        }
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(it -> it.toMillis() / 1_000.0)
                .orElse(0.0);
    }
}
