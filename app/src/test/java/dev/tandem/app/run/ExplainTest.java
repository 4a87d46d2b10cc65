package dev.tandem.app.run;

import static dev.tandem.app.run.FaultyFiles.FILES;
import static dev.tandem.app.run.FaultyFiles.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.run.FaultyFiles.Fate;
import dev.tandem.app.run.FaultyFiles.Planned;
import dev.tandem.engine.EngineException;
import dev.tandem.fold.Coordinates;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.page.data.RecordAsked;
import dev.tandem.page.data.RowAsked;
import dev.tandem.page.data.Unanswerable;
import dev.tandem.parity.DifferingRows;
import dev.tandem.parity.explain.Answer;
import dev.tandem.parity.explain.Explanation;
import dev.tandem.parity.explain.Explanation.Bridge;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers about rows and records, over files whose faults are known. */
class ExplainTest {
    @TempDir
    private Path home = Path.of("");

    private static Pipeline pipeline(String landing) {
        return DefinitionReader.parse("""
                pipeline: planned
                time: { event: at }
                source: { files: data/in, format: json, max_files: 1, %s }
                schema: id STRING, at TIMESTAMP, tag STRING, likes INT
                steps:
                  - watermark: { delay: 1 minute }
                  - dedup: { by: [id], within: 10 minutes }
                views:
                  stats:
                    window: { tumbling: 10 minutes }
                    by: [tag]
                    measures: { n: count(*), likes: sum(likes), mean: avg(likes), most: max(likes), last: last(id) }
                  best: { from: stats, top: { n: 2, order: [likes desc] } }
                outputs:
                  - { view: stats, table: "${mode}_stats", in: sqlite }
                  - { view: best, table: "${mode}_best", in: sqlite }
                """.formatted(landing), "planned.yaml");
    }

    private Job job(Pipeline pipeline) throws InterruptedException {
        return Trial.job(home, pipeline);
    }

    private static void drain(Job job, boolean close) throws InterruptedException {
        try (var stream = job.stream(new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(1_000)))) {
            stream.drainTo(job.input().end());
            if (close) {
                stream.run().closeWindows();
            }
            stream.finish("drained");
        }
    }

    private static RowQuestion all(int row) {
        return new RowQuestion(Optional.of("stats"), Map.of(), Optional.empty(), Optional.of(row), 1_000);
    }

    private static RowQuestion about(String view, Map<String, String> key, Instant window) {
        return new RowQuestion(Optional.of(view), key, Optional.of(window), Optional.empty(), 1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1; land: { table: planned_raw, in: sqlite }", "2; land: { segments: data/landed }, ledger: sqlite"
            })
    void everyRowIsExplainedByTheRecordsOfThePlan(long seed, String landing) throws Exception {
        var plan = FaultyFiles.plan(seed);
        for (int file = 0; file < plan.size(); file++) {
            FaultyFiles.write(home, plan.get(file), file);
        }
        try (var job = job(pipeline(landing))) {
            drain(job, true);
            job.batch().run();
            var first = job.explanation().run(all(1));
            var explained = new ArrayList<Explanation>();
            for (int row = 1; row <= first.differing(); row++) {
                explained.addAll(job.explanation().run(all(row)).explained());
            }
            assertThat(explained).allMatch(it -> it.measures().stream().allMatch(Bridge::complete));
            assertThat(causes(explained)).isEqualTo(FaultyFiles.causes(plan));
            assertThat(counts(explained)).isEqualTo(FaultyFiles.counts(plan));
            assertSumsAreExact(explained);
            theReportTellsTheSameOfEachRow(job, explained);
            thePageTellsTheSame(job);
            aRankIsExplainedByTheRowsThatStandThere(job);
            aMistakeIsToldWithWhatThereIs(job);
            eachRecordHasTheWayOfThePlan(job, plan);
            whatTheStreamReadSinceIsAhead(job, plan);
            whatSomebodyChangedIsTheSinks(job);
        }
    }

    /** Sessions, overlapping windows, running totals and last copies: each row's steps add up, and the recount leaves nothing open. */
    @ParameterizedTest
    @CsvSource({"3, first", "4, last"})
    void everyKindOfWindowIsExplainedWhole(long seed, String keep) throws Exception {
        var plan = FaultyFiles.plan(seed);
        for (int file = 0; file < plan.size(); file++) {
            FaultyFiles.write(home, plan.get(file), file);
        }
        var definition = DefinitionReader.parse("""
                pipeline: kinds
                time: { event: at }
                source: { files: data/in, format: json, max_files: 1 }
                schema: id STRING, at TIMESTAMP, tag STRING, likes INT
                steps:
                  - watermark: { delay: 1 minute }
                  - dedup: { by: [id], within: 10 minutes, keep: %s }
                views:
                  visits: { window: { session: 4 seconds }, by: [tag], measures: { n: count(*), mean: avg(likes) } }
                  moving: { window: { sliding: 20 minutes, every: 10 minutes }, measures: { n: count(*), ids: distinct(id) } }
                  running: { by: [tag], measures: { n: count(*), likes: sum(likes) }, derive: { each: likes / n } }
                outputs:
                  - { view: visits, table: "${mode}_visits", in: sqlite }
                  - { view: moving, table: "${mode}_moving", in: sqlite }
                  - { view: running, table: "${mode}_running", in: sqlite }
                """.formatted(keep), "kinds.yaml");
        try (var job = job(definition)) {
            drain(job, true);
            job.batch().run();
            for (var view : List.of("visits", "moving", "running")) {
                var explained = new ArrayList<Explanation>();
                for (int row = 1; row <= 3; row++) {
                    explained.addAll(job.explanation()
                            .run(new RowQuestion(Optional.of(view), Map.of(), Optional.empty(), Optional.of(row), 2))
                            .explained());
                }
                assertThat(explained).allSatisfy(it -> {
                    assertThat(it.causes()).as(view).isNotEmpty();
                    assertThat(it.measures()).as(view).allMatch(Bridge::complete);
                    assertThat(it.measures().stream().flatMap(bridge -> bridge.steps().stream()))
                            .noneMatch(step -> step.cause().equals("sink"));
                });
                assertSumsAreExact(explained);
            }
        }
    }

    /** By cause, the positions of its records. */
    private static Map<String, Set<Long>> causes(List<Explanation> explained) {
        var causes = new TreeMap<String, Set<Long>>();
        explained.forEach(it -> it.causes()
                .forEach(cause -> cause.first()
                        .forEach(record -> causes.computeIfAbsent(cause.cause(), key -> new TreeSet<>())
                                .add(record.at().position()))));
        return causes;
    }

    /** Of each differing row, how many records the stream and the batch count. */
    private static Map<String, String> counts(List<Explanation> explained) {
        var counts = new TreeMap<String, String>();
        for (var row : explained) {
            row.measures().stream()
                    .filter(it -> it.measure().equals("n"))
                    .forEach(it -> counts.put(
                            row.start().orElseThrow() + " " + row.key().get("tag"),
                            it.stream().orElse("0") + " " + it.batch().orElse("0")));
        }
        return counts;
    }

    private static void assertSumsAreExact(List<Explanation> explained) {
        for (var row : explained) {
            for (var bridge : row.measures()) {
                if (bridge.difference().isPresent()) {
                    var sum = bridge.steps().stream()
                            .map(it -> it.amount().orElseThrow())
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
                    assertThat(sum).isEqualByComparingTo(bridge.difference().get());
                    assertThat(new BigDecimal(bridge.stream().orElse("0")).add(sum))
                            .isEqualByComparingTo(new BigDecimal(bridge.batch().orElse("0")));
                }
            }
        }
    }

    /** One pass over the log for all rows gives what a pass for each gives. */
    private static void theReportTellsTheSameOfEachRow(Job job, List<Explanation> explained) {
        var report = job.comparison().run(List.of());
        var all = DifferingRows.worst(report.differences(), 1_000);
        var rows = all.rows().stream().filter(it -> it.view().equals("stats")).toList();
        var bridges = job.explanation().bridges(all.rows());
        var told = new ArrayList<Explanation>();
        rows.forEach(row -> told.addAll(bridges.of(row)));

        assertThat(told)
                .extracting(Explanation::start, Explanation::key, Explanation::measures)
                .containsExactlyInAnyOrderElementsOf(explained.stream()
                        .map(it -> tuple(it.start(), it.key(), it.measures()))
                        .toList());
        assertThat(all.rows().stream().filter(it -> it.view().equals("best")))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(bridges.of(row)).isNotEmpty());
    }

    /** The page asks the Spark of the run that is open in this process. */
    private void thePageTellsTheSame(Job job) throws IOException {
        var workspace = Trial.home(home);
        workspace.note("planned");
        try (var page = PageOver.of(workspace, job.pipeline())) {
            var asked = new RowAsked(Optional.of("stats"), Map.of(), Optional.empty(), Optional.of(1), 3);
            var why = new ObjectMapper()
                    .readTree(page.data().why("planned", asked).orElseThrow());
            var same = job.explanation()
                    .run(new RowQuestion(Optional.of("stats"), Map.of(), Optional.empty(), Optional.of(1), 3));
            assertThat(why.at("/explained/0/key/tag").asText())
                    .isEqualTo(same.explained().get(0).key().get("tag"));
            assertThat(why.at("/explained/0/measures/0/unexplained").asText()).isEqualTo("0");
            var trace = new ObjectMapper()
                    .readTree(page.data()
                            .trace("planned", new RecordAsked.Where("id = 'e-0-0'"))
                            .orElseThrow());
            assertThat(trace.path("raw").asText()).contains("e-0-0");
            assertThatThrownBy(() -> page.data().trace("planned", new RecordAsked.At("here")))
                    .isInstanceOf(Unanswerable.class)
                    .hasMessageContaining("write partition and position");
            var trial = new ObjectMapper()
                    .readTree(page.data().trial("planned", asked, "+1h").orElseThrow());
            assertThat(trial.at("/before/late").asLong()).isPositive();
            assertThat(trial.at("/then/late").asLong(-1)).isZero();
            assertThat(trial.path("delay_ms").asLong()).isEqualTo(3_660_000);
            assertThatThrownBy(() -> page.data().trial("planned", asked, "long"))
                    .isInstanceOf(Unanswerable.class)
                    .hasMessageContaining("such as 5m");
            assertThat(page.data().why("nobody", asked)).isEmpty();
        }
    }

    private static void aRankIsExplainedByTheRowsThatStandThere(Job job) {
        var answer = job.explanation()
                .run(new RowQuestion(Optional.of("best"), Map.of(), Optional.empty(), Optional.of(1), 3));
        assertThat(answer.explained()).isNotEmpty().allMatch(it -> it.view().equals("stats"));
        assertThat(answer.explained()).allMatch(it -> it.measures().stream().allMatch(Bridge::complete));
    }

    private static void aMistakeIsToldWithWhatThereIs(Job job) {
        assertThatThrownBy(() -> job.explanation().run(about("stat", Map.of(), NOON)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("use one of stats, best");
        assertThatThrownBy(() -> job.explanation().run(about("stats", Map.of("tagg", "java"), NOON)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("they are tag");
        assertThatThrownBy(() -> job.explanation().run(about("stats", Map.of("tag", "jav"), NOON)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("tag=java");
        assertThatThrownBy(() ->
                        job.explanation().run(about("stats", Map.of("tag", "java"), NOON.minus(Duration.ofDays(1)))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the last windows of that key begin at");
        assertThatThrownBy(() -> job.explanation().run(all(1_000)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("choose one of 1 to");
    }

    /** One record of each fate, found in each way. */
    private void eachRecordHasTheWayOfThePlan(Job job, List<List<Planned>> plan) {
        for (var fate : Fate.values()) {
            long position = 0;
            int file = 0;
            int line = 0;
            boolean found = false;
            for (int index = 0; index < plan.size() && !found; index++) {
                for (int number = 0; number < plan.get(index).size() && !found; number++) {
                    if (plan.get(index).get(number).fate() == fate) {
                        found = true;
                        file = index;
                        line = number;
                    } else {
                        position++;
                    }
                }
            }
            var planned = plan.get(file).get(line);
            var at = job.trace().run(new RecordQuestion.At(new Coordinates(0, position)));
            var inFile = job.trace().run(new RecordQuestion.InFile("part-%03d.jsonl".formatted(file), line + 1));
            assertThat(inFile).isEqualTo(at);
            assertThat(at.raw()).isEqualTo(planned.json(line));
            assertThat(at.steps().get(0).changed()).containsEntry("tag", planned.tag());
            assertThat(at.rows()).singleElement().satisfies(row -> {
                assertThat(row.start().orElseThrow() + " " + row.key().get("tag"))
                        .isEqualTo(planned.row());
                assertThat(row.inStream()).isEqualTo(fate == Fate.COUNTED || fate == Fate.COUNTED_AGAIN);
                assertThat(row.inBatch()).isEqualTo(fate == Fate.COUNTED || fate == Fate.LATE);
                assertThat(row.refused()).isEqualTo(fate == Fate.LATE);
            });
            assertThat(at.stream()).startsWith(fate.inStream);
            assertThat(at.batch()).startsWith(fate.inBatch);
            if (fate == Fate.LATE) {
                var where =
                        new RecordQuestion.Where("id = '%s' AND likes = %d".formatted(planned.id(), planned.likes()));
                assertThat(job.trace().run(where)).isEqualTo(at);
            }
        }
        assertThatThrownBy(() -> job.trace().run(new RecordQuestion.At(new Coordinates(0, 999_999))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the stream has read positions 0 to ");
        assertThatThrownBy(() -> job.trace().run(new RecordQuestion.InFile("part-900.jsonl", 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("part-011.jsonl");
        assertThatThrownBy(() -> job.trace().run(new RecordQuestion.Where("idd = 'x'")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("idd");
        assertThatThrownBy(() -> job.trace().run(new RecordQuestion.Where("id = 'nobody'")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("none of the landed ones");
    }

    /** Three records more of a later window, which the batch has not read. */
    private void whatTheStreamReadSinceIsAhead(Job job, List<List<Planned>> plan) throws Exception {
        var more = List.of(
                new Planned("m-1", FILES + 1, "java", 5, Fate.COUNTED),
                new Planned("m-2", FILES + 1, "java", 7, Fate.COUNTED),
                new Planned("m-3", FILES + 1, "spark", 1, Fate.COUNTED));
        FaultyFiles.write(home, more, plan.size());
        drain(job, false);
        var window = NOON.plus(Duration.ofMinutes(10L * (FILES + 1)));
        Answer answer = job.explanation().run(about("stats", Map.of("tag", "java"), window));
        var row = answer.explained().get(0);
        assertThat(row.closed()).isFalse();
        assertThat(row.causes()).extracting(Explanation.CauseRecords::cause).containsExactly("ahead");
        assertThat(row.causes().get(0).first()).hasSize(2);
        assertThat(row.measures().get(0))
                .returns(Optional.of("2"), Bridge::stream)
                .returns(Optional.empty(), Bridge::batch)
                .returns(true, Bridge::complete);
    }

    private static void whatSomebodyChangedIsTheSinks(Job job) throws SQLException {
        try (var connection = job.wiring().services().database("sqlite").open();
                var statement = connection.createStatement()) {
            statement.execute("update stream_stats set n = n + 3 where tag = 'flink'");
        }
        var answer = job.explanation().run(about("stats", Map.of("tag", "flink"), NOON));
        var bridge = answer.explained().get(0).measures().get(0);
        assertThat(bridge.steps().get(0).cause()).isEqualTo("sink");
        assertThat(bridge.steps().get(0).amount().orElseThrow()).isEqualByComparingTo("-3");
        assertThat(bridge.complete()).isTrue();
    }
}
