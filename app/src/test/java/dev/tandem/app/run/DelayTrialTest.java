package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.parity.Numbers;
import dev.tandem.parity.explain.Trial.Counts;
import dev.tandem.parity.explain.Trial.Row;
import dev.tandem.store.StoredRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of a trial are those that a stream gives that runs with the other delay over the same micro-batches. */
class DelayTrialTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final int FILES = 12;
    private static final Duration TRIED = Duration.ofMinutes(25);

    @TempDir
    private Path home = Path.of("");

    /** Each file is a micro-batch. A seventh of the records comes up to an hour late, a seventh has an earlier id. */
    private void writeFiles(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var folder = Files.createDirectories(home.resolve("data/in"));
        var ids = new ArrayList<String>();
        for (int file = 0; file < FILES; file++) {
            var lines = new StringBuilder();
            for (int number = 0; number < 30; number++) {
                int chance = random.nextInt(7);
                var id = chance == 0 && !ids.isEmpty()
                        ? ids.get(random.nextInt(ids.size()))
                        : "e-%d-%d".formatted(file, number);
                ids.add(id);
                var at = NOON.plus(Duration.ofMinutes(10L * file))
                        .plusSeconds(number)
                        .minusSeconds(chance == 1 ? random.nextInt(3_600) : 0);
                lines.append("{\"id\":\"%s\",\"at\":\"%s\",\"tag\":\"%s\",\"likes\":%d}%n"
                        .formatted(id, at, List.of("java", "spark").get(random.nextInt(2)), random.nextInt(50)));
            }
            Files.writeString(folder.resolve("part-%03d.jsonl".formatted(file)), lines);
        }
    }

    private static Pipeline pipeline(String name, Duration delay, String keep) {
        return DefinitionReader.parse("""
                pipeline: %1$s
                time: { event: at }
                source: { files: data/in, format: json, max_files: 1 }
                schema: id STRING, at TIMESTAMP, tag STRING, likes INT
                steps:
                  - watermark: { delay: %2$d seconds }
                  - dedup: { by: [id], within: 10 minutes, keep: %3$s }
                views:
                  stats: { window: { tumbling: 10 minutes }, by: [tag], measures: { n: count(*), mean: avg(likes) } }
                  best: { from: stats, top: { n: 1, order: [n desc, tag] } }
                  visits: { window: { session: 4 seconds }, by: [tag], measures: { n: count(*), likes: sum(likes) } }
                  moving: { window: { sliding: 20 minutes, every: 10 minutes }, measures: { n: count(*), ids: distinct(id) } }
                  running: { by: [tag], measures: { n: count(*), likes: sum(likes) } }
                outputs:
                  - { view: stats, table: "${mode}_stats_%1$s", in: sqlite }
                  - { view: best, table: "${mode}_best_%1$s", in: sqlite }
                  - { view: visits, table: "${mode}_visits_%1$s", in: sqlite }
                  - { view: moving, table: "${mode}_moving_%1$s", in: sqlite }
                  - { view: running, table: "${mode}_running_%1$s", in: sqlite }
                """.formatted(name, delay.toSeconds(), keep), "delays.yaml");
    }

    private Job job(Pipeline pipeline) throws InterruptedException {
        return Trial.job(home, pipeline);
    }

    private static void drain(Job job) throws InterruptedException {
        try (var stream = job.stream(new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(1_000)))) {
            stream.drainTo(job.input().end());
            stream.run().closeWindows();
            stream.finish("drained");
        }
    }

    @ParameterizedTest
    @CsvSource({"5, first", "6, last"})
    void givesWhatAStreamWithThatDelayGives(long seed, String keep) throws Exception {
        writeFiles(seed);
        Map<String, Map<String, String>> other;
        long otherRefused;
        try (var job = job(pipeline("longer", TRIED, keep))) {
            drain(job);
            other = rows(job);
            otherRefused = refused(job);
        }
        try (var job = job(pipeline("shorter", Duration.ofMinutes(1), keep))) {
            drain(job);
            job.batch().run();
            var same = rows(job);
            var trial = job.trial().run(everything(), TRIED);

            assertThat(trial.faithful()).isTrue();
            assertThat(refused(trial.asItWas())).isEqualTo(refused(job));
            assertThat(refused(trial.tried())).isEqualTo(otherRefused).isLessThan(refused(job));
            assertThat(trial.changed().rows()).isEqualTo(differing(same, other)).isPositive();
            assertThat(trial.changed().largest()).hasSize(10).allSatisfy(row -> {
                assertThat(measures(row, true)).isEqualTo(other.getOrDefault(row(row), Map.of()));
                assertThat(measures(row, false)).isEqualTo(same.getOrDefault(row(row), Map.of()));
            });
            if (keep.equals("first")) {
                theHintIsTheShortestDelayThatKeepsAll(job);
            }
        }
    }

    /** A second less refuses a record. Where the last copy counts there is no hint. */
    private static void theHintIsTheShortestDelayThatKeepsAll(Job job) {
        long seconds = job.comparison().run(List.of()).tradeOff().missedBy().lastKey();
        var delay = Duration.ofMinutes(1).plusSeconds(seconds);
        var kept = job.trial().run(everything(), delay).tried();
        assertThat(refused(kept)).isZero();
        assertThat(refused(job.trial().run(everything(), delay.minusSeconds(1)).tried()))
                .isPositive();
    }

    private static RowQuestion everything() {
        return new RowQuestion(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), 5);
    }

    /** Records that some window refused. */
    private static long refused(Job job) {
        return job.store().ledgerReader().microBatches().stream()
                .mapToLong(it -> it.fates().late() + it.fates().latePartial())
                .sum();
    }

    private static long refused(Counts counts) {
        return counts.late() + counts.latePartial();
    }

    /** The stream's rows as its tables hold them: by view, window and key, the measures as text. */
    private static Map<String, Map<String, String>> rows(Job job) {
        var all = new TreeMap<String, Map<String, String>>();
        for (var shape : job.store().stored()) {
            try (var rows = job.store().rows(shape, Mode.STREAM)) {
                while (rows.hasNext()) {
                    var row = rows.next();
                    all.put(name(shape, row), measures(shape, row));
                }
            }
        }
        return all;
    }

    private static String name(Shape shape, StoredRow row) {
        var key = new TreeMap<String, String>();
        for (int index = 0; index < row.key().size(); index++) {
            key.put(shape.keys().get(index).name(), Numbers.told(row.key().get(index)));
        }
        boolean whole = shape.name().equals("running");
        return "%s %s %s %s"
                .formatted(
                        shape.name(),
                        whole ? "" : row.window().start(),
                        whole ? "" : row.window().end(),
                        key);
    }

    private static Map<String, String> measures(Shape shape, StoredRow row) {
        var measures = new TreeMap<String, String>();
        for (int index = 0; index < row.measures().size(); index++) {
            measures.put(
                    shape.measures().get(index).name(),
                    Numbers.told(row.measures().get(index)));
        }
        return measures;
    }

    private static String row(Row row) {
        return "%s %s %s %s"
                .formatted(
                        row.view(),
                        row.start().map(Instant::toString).orElse(""),
                        row.end().map(Instant::toString).orElse(""),
                        new TreeMap<>(row.key()));
    }

    /** Empty where there is no such row, as a map has it. */
    private static Map<String, String> measures(Row row, boolean tried) {
        var measures = new TreeMap<String, String>();
        row.cells()
                .forEach(cell ->
                        (tried ? cell.tried() : cell.stream()).ifPresent(value -> measures.put(cell.measure(), value)));
        return measures;
    }

    private static long differing(Map<String, Map<String, String>> one, Map<String, Map<String, String>> other) {
        var names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names.stream()
                .filter(it -> !one.getOrDefault(it, Map.of()).equals(other.getOrDefault(it, Map.of())))
                .count();
    }
}
