package dev.tandem.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engine.LogInMemory;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Preparation;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.source.RecordCursor;
import dev.tandem.engine.source.RecordRange;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.fold.Changes;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.fold.stream.StreamDetail;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.segments.SegmentPlace;
import dev.tandem.segments.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stages that exchange blocks through Spark change the same rows as those that hand them over, micro-batch by micro-batch. */
class ClusterStagesTest {
    private static final int PARTS = 3;
    private static final int MICRO_BATCHES = 12;
    private static final int RECORDS = 60;

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;

    @BeforeAll
    static void start() {
        spark = SparkRuntime.open("local[2]", scratch);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    /** Records that lie in memory. */
    private record Lines(int partition, long from, List<byte[]> values, long arrivedMillis) implements RecordRange {
        private static final long serialVersionUID = 1L;

        @Override
        public RecordCursor read() {
            return new RecordCursor() {
                private int at = -1;

                @Override
                public boolean next() {
                    return ++at < values.size();
                }

                @Override
                public int partition() {
                    return partition;
                }

                @Override
                public long position() {
                    return from + at;
                }

                @Override
                public long arrivedMillis() {
                    return arrivedMillis;
                }

                @Override
                public byte[] value() {
                    return values.get(at);
                }

                @Override
                public void close() {}
            };
        }
    }

    /** One definition under way in both kinds of stages. */
    private static final class Run {
        final Pipeline pipeline;
        final List<byte[]> records;
        final Compiled compiled;
        final Stages local;
        final Stages cluster;
        final Map<Long, Watermarks> ledger = new HashMap<>();
        final List<Landed> kept = new ArrayList<>();
        final Map<List<Object>, WrittenRow> written = new HashMap<>();
        private int taken;
        private long highestEvent;

        Run(String name, String model) {
            pipeline = DefinitionReader.read(Path.of("..", "pipelines", name, "pipeline.yaml"), name);
            records = records(model);
            compiled = Compiled.of(pipeline, spark);
            local = new LocalStages(setup(), preparation(), spark.session());
            cluster = cluster();
        }

        private static List<byte[]> records(String model) {
            var generation = new Generation(
                    model,
                    42,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Duration.ofSeconds(20),
                    OptionalLong.of(2L * MICRO_BATCHES * RECORDS),
                    Generators.usualFaults(model));
            try (var feed = Generators.feed(generation).records()) {
                return feed.limit(2L * MICRO_BATCHES * RECORDS)
                        .map(it -> it.value())
                        .toList();
            }
        }

        private StageSetup setup() {
            return new StageSetup(pipeline.name(), compiled.plan(), StreamDetail.ALL, PARTS);
        }

        private Preparation preparation() {
            return new Preparation(compiled, PackedContents.ALL, PARTS);
        }

        Stages cluster() {
            return new ClusterStages(setup(), preparation(), spark.session());
        }

        /** The next records, in two partitions. */
        private List<RecordRange> next() {
            var ranges = new ArrayList<RecordRange>();
            for (int partition = 0; partition < 2; partition++) {
                int from = (2 * taken + partition) * RECORDS / 2;
                ranges.add(new Lines(
                        partition,
                        (long) taken * RECORDS / 2,
                        new ArrayList<>(records.subList(from, from + RECORDS / 2)),
                        LogInMemory.ARRIVED + 86_400_000L));
            }
            taken++;
            return ranges;
        }

        /** Takes one micro-batch in both, and requires equal changes. */
        void step() {
            var ranges = next();
            local.progress().begin(Long.MIN_VALUE);
            var expected = local.take(ranges, Optional.empty());
            cluster.progress().begin(Long.MIN_VALUE);
            var actual = cluster.take(ranges, Optional.empty());
            assertThat(sorted(actual.changes()))
                    .as("micro-batch %d", expected.changes().number())
                    .isEqualTo(sorted(expected.changes()));
            assertThat(actual.arrivals()).isEqualTo(expected.arrivals());
            note(expected.changes(), ranges);
        }

        private void note(Changes changes, List<RecordRange> ranges) {
            ledger.put(changes.number(), changes.watermarks());
            highestEvent = changes.highestEvent();
            changes.rows()
                    .forEach(it -> written.put(
                            List.of(it.view(), it.rowKey()),
                            new WrittenRow(it.view(), it.window(), it.key(), it.revision())));
            var out = new HashSet<Coordinates>();
            changes.quarantined().forEach(it -> out.add(it.at()));
            changes.duplicates().forEach(it -> out.add(it.record().at()));
            for (var range : ranges) {
                var read = range.read();
                while (read.next()) {
                    var at = new Coordinates(read.partition(), read.position());
                    if (!out.contains(at)) {
                        kept.add(new Landed(
                                at,
                                read.arrivedMillis(),
                                new Prepared.Raw(read.value()),
                                changes.number(),
                                Landed.As.KEPT));
                    }
                }
            }
        }

        void steps(int count) {
            for (int step = 0; step < count; step++) {
                step();
            }
        }

        private static List<Object> sorted(Changes changes) {
            var rows = new ArrayList<String>();
            changes.rows().forEach(it -> rows.add(it.toString()));
            rows.sort(null);
            var gone = new ArrayList<String>();
            changes.gone().forEach(it -> gone.add(it.toString()));
            gone.sort(null);
            return List.of(
                    changes.number(),
                    changes.watermarks(),
                    changes.quarantined(),
                    changes.duplicates(),
                    changes.late(),
                    rows,
                    gone,
                    changes.fates(),
                    changes.highestEvent(),
                    changes.waiting(),
                    changes.closed());
        }

        /** Puts the state of {@code cluster} together again from {@code records}, over what it has. */
        void rebuild(List<Landed> landed) {
            var last = local.progress().watermarks();
            var replaying = cluster.replay(new Stopped(ledger, last));
            replaying.take(landed);
            var rows = List.copyOf(written.values());
            var reports = replaying.done(rows);
            var stopped = new StreamLedger.Resumption(local.progress().number(), last, highestEvent, Map.of(), ledger);
            cluster.progress().rebuilt(stopped, reports.ofKeys(), reports.ofGroups());
            rows.forEach(cluster.progress()::revision);
        }
    }

    @ParameterizedTest
    @CsvSource({"tweets, tweets", "user_activity, clickstream", "bitcoin, ticker"})
    void changeTheSameRows(String name, String model) {
        var run = new Run(name, model);
        run.steps(MICRO_BATCHES);
        assertThat(run.cluster.shares()).hasSize(2 * PARTS);
        assertThat(run.cluster.stateRows()).isPositive().isEqualTo(run.local.stateRows());
    }

    @Test
    void aPartitionThatFailsIsReportedWhenNoOtherIsAtWorkAnyMore() {
        var ended = new AtomicBoolean();
        try (var threads = new PartThreads(2, spark.session())) {
            assertThatThrownBy(() -> threads.onEach(2, part -> {
                        if (part == 0) {
                            throw new IllegalStateException("this is a test");
                        }
                        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                        ended.set(true);
                        return part;
                    }))
                    .hasMessage("this is a test");
            assertThat(ended).isTrue();
        }
    }

    @Test
    void stateThatIsGoneIsToldAndPutTogetherAgainFromTheLandedLog() {
        var run = new Run("user_activity", "clickstream");
        run.steps(MICRO_BATCHES / 2);
        // A later run of the pipeline in the same processes takes the place of the state.
        try (var later = run.cluster()) {
            later.progress().begin(Long.MIN_VALUE);
            later.take(List.of(), Optional.empty());
        }
        run.cluster.progress().begin(Long.MIN_VALUE);
        assertThatThrownBy(() -> run.cluster.take(List.of(), Optional.empty())).isInstanceOf(StateLostException.class);
        run.cluster.reset();
        run.rebuild(run.kept);
        run.steps(MICRO_BATCHES / 2);
    }

    @Test
    void savedStateComesBack() throws IOException {
        var run = new Run("tweets", "tweets");
        run.steps(MICRO_BATCHES / 2);
        var folder = new StateFolder(SegmentPlace.local(scratch.resolve("state")), "tweets");
        run.cluster.save(folder, MICRO_BATCHES / 2);
        var rest = new BlockWriter();
        run.cluster.progress().write(rest);
        run.cluster.reset();
        run.cluster.restore(folder, MICRO_BATCHES / 2);
        run.cluster.progress().read(new BlockReader(rest.toByteArray()));
        run.rebuild(List.of());
        run.steps(MICRO_BATCHES / 2);
    }

    @Test
    void aMissingFileIsToldAndTheStateCanBeMadeAnew() throws IOException {
        var run = new Run("tweets", "tweets");
        run.steps(3);
        var folder = new StateFolder(SegmentPlace.local(scratch.resolve("torn")), "tweets");
        run.cluster.save(folder, 3);
        Files.delete(scratch.resolve("torn").resolve("tweets/3/groups-1.state"));
        run.cluster.reset();
        assertThatThrownBy(() -> run.cluster.restore(folder, 3)).isInstanceOf(IOException.class);
        run.cluster.reset();
        run.rebuild(run.kept);
        run.steps(3);
    }
}
