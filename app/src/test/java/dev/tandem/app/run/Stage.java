package dev.tandem.app.run;

import static org.awaitility.Awaitility.await;

import dev.tandem.app.environment.Environment;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.output.SinkOutputs;
import dev.tandem.engine.source.TopicHistory;
import dev.tandem.engine.source.TopicSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.engine.spark.SparkMaster;
import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.engine.stream.StreamRun;
import dev.tandem.engine.stream.StreamSetup;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Pace;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.model.record.Envelope;
import dev.tandem.parity.Report;
import dev.tandem.store.LedgerReader;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.MicroBatch;
import dev.tandem.testkit.oracle.Rows;
import dev.tandem.testkit.oracle.TweetOracle;
import dev.tandem.testkit.oracle.TweetView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline on the bench, with what a test does to it and how it looks at what came of it, past Tandem's own readers. Opens
 * Spark when something first has to run.
 */
final class Stage implements AutoCloseable {
    private static final Path SHIPPED = Path.of("../pipelines/tweets/pipeline.yaml");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Workspace workspace;
    private final Pipeline pipeline;
    private final String suffix;
    private final Services services;
    private SparkMaster master = SparkMaster.LOCAL;
    private Environment environment = Environment.NONE;
    private @Nullable Job opened;

    private Stage(Workspace workspace, Pipeline pipeline, String suffix) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.suffix = suffix;
        this.services = Services.running(workspace, pipeline);
        feeding().ensure();
    }

    static Stage of(Workspace workspace, String suffix, UnaryOperator<String> change) {
        return new Stage(workspace, definition(workspace, suffix, change), suffix);
    }

    /** Written to {@code pipelines} in the workspace, so that a command run there finds it too. */
    static Pipeline definition(Workspace workspace, String suffix, UnaryOperator<String> change) {
        try {
            var text = change.apply(Files.readString(SHIPPED))
                    .replace("pipeline: tweets", "pipeline: tweets" + suffix)
                    .replaceAll("raw_feed|tweet_raw|results_feed|\\$\\{mode}_\\w+", "$0" + suffix);
            var file = workspace.home().resolve("pipelines/tweets%s/pipeline.yaml".formatted(suffix));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return DefinitionReader.read(file, "pipelines/tweets" + suffix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with tasks run by {@code other}, if nothing has run yet. */
    Stage on(SparkMaster other) {
        master = other;
        return this;
    }

    /** The same with servers that others run, if nothing has run yet. */
    Stage in(Environment given) {
        environment = given;
        return this;
    }

    Job job() {
        var job = opened;
        if (job == null) {
            try {
                job = Job.open(
                        new Hosting(workspace, environment).on(master),
                        pipeline,
                        Job.Servers.RUNNING,
                        DimensionFiles.Version.NOW,
                        Clock.systemUTC(),
                        new Bench.Silent());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            opened = job;
        }
        return job;
    }

    Feeding feeding() {
        return new Feeding(pipeline, wiring());
    }

    private Wiring wiring() {
        return new Wiring(workspace, services, Clock.systemUTC(), new Bench.Silent());
    }

    /** The position after the last record of the topic, by partition. */
    Map<Integer, Long> end() {
        return new TopicInput(
                        (Source.Kafka) pipeline.source(),
                        Envelope.of(pipeline.schema()),
                        services.kafka(),
                        TopicHistory.none(),
                        Clock.systemUTC())
                .end();
    }

    String bootstrap() {
        return services.bootstrap();
    }

    CompactJob.Done compact() {
        return new CompactJob(Hosting.local(workspace), pipeline, new Bench.Silent()).run();
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Workspace workspace() {
        return workspace;
    }

    LedgerReader ledgerReader() {
        return new LedgerReader(services.database("mysql"), name());
    }

    String name() {
        return pipeline.name();
    }

    Path truth() {
        return workspace.truth(name());
    }

    Path checkpoint() {
        return workspace.checkpoint(name());
    }

    /** Generates {@code events} over two hours of event time, with the definition's faults. */
    FeedSummary generate(long events, Pace pace) {
        return feed(new Feeding.Request(
                Optional.empty(),
                OptionalLong.of(events),
                Optional.of(Duration.ofHours(2).dividedBy(events)),
                START,
                Optional.empty(),
                Optional.empty(),
                pace));
    }

    /** Generates other events, in the two hours after those of {@link #generate}. */
    FeedSummary generateMore(long events) {
        return feed(new Feeding.Request(
                Optional.empty(),
                OptionalLong.of(events),
                Optional.of(Duration.ofHours(2).dividedBy(events)),
                START.plus(Duration.ofHours(2)),
                Optional.empty(),
                Optional.of(43L),
                new Pace.Unpaced()));
    }

    /** Sends a file of real tweets, in its order or with each one delayed by up to {@code disorder}. */
    FeedSummary replay(Path file, Optional<Duration> disorder, long seed) {
        return feed(new Feeding.Request(
                Optional.of(file),
                OptionalLong.empty(),
                Optional.empty(),
                START,
                disorder,
                Optional.of(seed),
                new Pace.Unpaced()));
    }

    FeedSummary feed(Feeding.Request wish) {
        return feeding().send(wish, truth());
    }

    StreamJob stream(int microBatch) {
        return job().stream(new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(microBatch)));
    }

    /** As {@link #stream}, with {@code more} outputs after the topic of results and a checkpoint of that name. */
    StreamRun streamTo(List<RowOutput> more, String checkpoint, int microBatch) {
        var ledger = job().store().ledger("stream-" + UUID.randomUUID());
        var spark = Sparks.local(workspace).runtime();
        var compiled = Compiled.of(pipeline, spark);
        var outputs = new ArrayList<>(more);
        outputs.add(0, SinkOutputs.of(compiled, wiring().sinks(pipeline, Mode.STREAM, "stage")));
        return StreamRun.start(
                spark,
                new StreamSetup(
                        compiled,
                        new TopicSource(
                                new TopicSource.Topic(
                                        services.bootstrap(), named("raw_feed"), Optional.empty(), Optional.empty()),
                                microBatch,
                                TopicHistory.none(),
                                TopicStart.REFUSED),
                        job().store().segments().map(place -> new StreamSetup.Segments(place, "stage")),
                        job().store().state(),
                        workspace.checkpoint(checkpoint),
                        Duration.ZERO,
                        ledger,
                        job().store().history(ledger),
                        outputs,
                        (changes, state, took) -> {},
                        Clock.systemUTC()));
    }

    /** Streams in micro-batches of {@code microBatch} records until number {@code last} is committed, and stops there or soon after. */
    void streamUntil(long last, int microBatch) {
        try (var stream = stream(microBatch)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> stream.run().lastMicroBatch() >= last);
        }
    }

    /** Streams all that the topic holds, in micro-batches of {@code microBatch} records, and closes the windows. */
    StreamMeter.Reading drain(int microBatch) throws InterruptedException {
        try (var stream = stream(microBatch)) {
            stream.drainTo(end());
            stream.run().closeWindows();
            return stream.finish("drained");
        }
    }

    BatchJob.Done batch() {
        return job().batch().run();
    }

    Report compare() {
        return job().comparison().run(List.of());
    }

    /** The whole of it: stream, batch, comparison. */
    Report run(int microBatch) throws InterruptedException {
        drain(microBatch);
        batch();
        return compare();
    }

    String table(Mode mode, TweetView view) {
        return "%s_%s%s".formatted(mode.word(), view.name().toLowerCase(Locale.ROOT), suffix);
    }

    /** The name of a table or topic of the shipped definition on this stage. */
    String named(String shipped) {
        return shipped + suffix;
    }

    Rows stored(Mode mode, TweetView view) {
        return rows("select * from " + table(mode, view));
    }

    /** A query's result, asked of the database itself. */
    Rows rows(String sql) {
        try (var connection = connection();
                var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return Rows.read(results);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    int execute(String sql) {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connection() {
        return services.database("mysql").open();
    }

    /** Every record of the pipeline's topics, as Kafka gives it back; partitions of the second topic begin with 1000. */
    List<LogRecord> log() {
        var log = new ArrayList<LogRecord>();
        int first = 0;
        for (var topic : pipeline.source().asKafka().orElseThrow().topics()) {
            for (var it : TopicContent.of(services.bootstrap(), topic)) {
                log.add(new LogRecord(first + it.partition(), it.offset(), it.timestamp(), it.value()));
            }
            first += 1_000;
        }
        return log;
    }

    List<ConsumerRecord<byte[], byte[]>> topic(String shipped) {
        return TopicContent.of(services.bootstrap(), named(shipped));
    }

    /** The oracle of this stage's log, cut into the micro-batches that its ledger tells. */
    TweetOracle oracle() {
        var oracle = TweetOracle.over(log());
        oracle.cutInto(microBatches(), pipeline.watermark().delay());
        return oracle;
    }

    private List<MicroBatch> microBatches() {
        var microBatches = new ArrayList<MicroBatch>();
        for (var row :
                rows("select number, `partition`, from_position, until_position from tandem_ledger where pipeline = '%s'"
                                .formatted(name()))
                        .cells()) {
            var numbers = row.stream()
                    .mapToLong(cell -> Long.parseLong(String.valueOf(cell)))
                    .toArray();
            microBatches.add(new MicroBatch(numbers[0], (int) numbers[1], numbers[2], numbers[3]));
        }
        return microBatches;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
        services.close();
    }
}
