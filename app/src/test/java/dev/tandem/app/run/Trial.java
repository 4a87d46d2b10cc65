package dev.tandem.app.run;

import dev.tandem.engine.spark.SparkMaster;
import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Pace;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.parity.Report;
import dev.tandem.store.LedgerReader;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.MicroBatch;
import dev.tandem.testkit.oracle.Rows;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Any shipped pipeline on trial: run with its own outputs, looked at past Tandem's own readers. One that needs no server has a home of
 * its own; one that does uses the bench's, under names that end in a suffix.
 */
final class Trial implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Workspace workspace;
    private final Pipeline pipeline;
    private final Services services;
    private SparkMaster master = SparkMaster.LOCAL;
    private @Nullable Job opened;

    private Trial(Workspace workspace, Pipeline pipeline) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.services = Services.running(workspace, pipeline);
        feeding().ensure();
    }

    /** A pipeline over files and SQLite, everything under {@code home}. */
    static Trial alone(String name, Path home, UnaryOperator<String> change) {
        return of(name, home(home), Optional.empty(), change);
    }

    /** A pipeline over files and SQLite that no folder ships, with everything under {@code home}; to be closed. */
    static Job job(Path home, Pipeline pipeline) throws InterruptedException {
        return Job.open(
                Hosting.local(home(home)),
                pipeline,
                Job.Servers.RUNNING,
                DimensionFiles.Version.NOW,
                Clock.systemUTC(),
                new Bench.Silent());
    }

    /** A shipped pipeline as {@code profile} changes it. */
    static Trial of(String name, Workspace workspace, Optional<String> profile, UnaryOperator<String> change) {
        return new Trial(workspace, definition(name, workspace, profile, change));
    }

    /** A workspace at {@code home} with the servers' binaries as they were unpacked for the bench. */
    static Workspace home(Path home) {
        return new Workspace(home.toAbsolutePath(), Bench.CACHE, Path.of("../servers/target/servers"));
    }

    static Pipeline definition(
            String name, Workspace workspace, Optional<String> profile, UnaryOperator<String> change) {
        try {
            var text = change.apply(Files.readString(Path.of("../pipelines/%s/pipeline.yaml".formatted(name))));
            var file = workspace.home().resolve("pipelines/%s/pipeline.yaml".formatted(name));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return DefinitionReader.read(file, "pipelines/" + name, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Workspace workspace() {
        return workspace;
    }

    Services services() {
        return services;
    }

    /** Where a path of the definition lies. */
    Path file(String path) {
        return workspace.file(path);
    }

    Feeding feeding() {
        return new Feeding(pipeline, new Wiring(workspace, services, Clock.systemUTC(), new Bench.Silent()));
    }

    /** The same with tasks run by {@code other}, if nothing has run yet. */
    Trial on(SparkMaster other) {
        master = other;
        return this;
    }

    Job job() {
        var job = opened;
        if (job == null) {
            try {
                job = Job.open(
                        Hosting.local(workspace).on(master),
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

    /** Generates {@code events} (all that the generator has, if empty), one after the other by {@code spacing} of event time. */
    FeedSummary generate(OptionalLong events, Duration spacing) {
        return feeding()
                .send(
                        new Feeding.Request(
                                Optional.empty(),
                                events.isPresent() ? events : feeding().usualEvents(),
                                Optional.of(spacing),
                                START,
                                Optional.empty(),
                                Optional.empty(),
                                new Pace.Unpaced()),
                        workspace.truth(pipeline.name()));
    }

    /** Feeds real records: a file, or a folder of files. */
    FeedSummary replay(Path input, Optional<Duration> disorder, long seed) {
        return feeding()
                .send(
                        new Feeding.Request(
                                Optional.of(input),
                                OptionalLong.empty(),
                                Optional.empty(),
                                START,
                                disorder,
                                Optional.of(seed),
                                new Pace.Unpaced()),
                        workspace.truth(pipeline.name()));
    }

    /** A stream of micro-batches of at most {@code microBatch} records (of a topic) or the definition's number of files. */
    StreamJob stream(int microBatch) {
        return job().stream(new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(microBatch)));
    }

    /** Streams all that is there and closes the windows. */
    StreamMeter.Reading drain(int microBatch) throws InterruptedException {
        try (var stream = stream(microBatch)) {
            stream.drainTo(job().input().end());
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

    /** A query's result, asked of the ledger's database itself. */
    Rows rows(String sql) {
        try (var connection = connection();
                var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return Rows.read(results);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Carries out a statement that is none of Tandem's. */
    void execute(String sql) {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connection() {
        return services.database(pipeline.source().landing().database()).open();
    }

    LedgerReader ledger() {
        return new LedgerReader(services.database(pipeline.source().landing().database()), pipeline.name());
    }

    /** Where the stream was cut, for an oracle. */
    List<MicroBatch> microBatches() {
        var all = new ArrayList<MicroBatch>();
        for (var microBatch : ledger().microBatches()) {
            microBatch
                    .ranges()
                    .forEach((partition, range) ->
                            all.add(new MicroBatch(microBatch.number(), partition, range.from(), range.until())));
        }
        return all;
    }

    /** Every record of a topic, as Kafka gives it back. */
    List<LogRecord> topic(String name) {
        return TopicContent.of(services.bootstrap(), name).stream()
                .map(it -> new LogRecord(it.partition(), it.offset(), it.timestamp(), it.value()))
                .toList();
    }

    /** The table that a view's rows of {@code mode} go to. */
    String table(String view, Mode mode) {
        return pipeline.tables().stream()
                .filter(output -> output.what().name().equals(view) && output.writes(mode))
                .map(output -> output.table(mode))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
        services.close();
    }
}
