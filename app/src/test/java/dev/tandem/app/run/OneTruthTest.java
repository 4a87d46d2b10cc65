package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.run.FaultyFiles.Fate;
import dev.tandem.app.run.FaultyFiles.Planned;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.page.Exposure;
import dev.tandem.page.LivePage;
import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.PageData;
import dev.tandem.page.data.RefusalKind;
import dev.tandem.parity.report.ReportText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Report, files, text and web UI show the same numbers of one comparison, and they equal those of the plan of the records. */
class OneTruthTest {
    private static final String NUMBER = "([\\d,]+)";

    @TempDir
    private Path home = Path.of("");

    private static Pipeline pipeline() {
        return DefinitionReader.parse("""
                pipeline: truth
                time: { event: at }
                source: { files: data/in, format: json, max_files: 1, land: segments, ledger: sqlite }
                schema: id STRING, at TIMESTAMP, tag STRING, likes INT
                steps:
                  - watermark: { delay: 1 minute }
                  - dedup: { by: [id], within: 10 minutes }
                views:
                  stats:
                    window: { tumbling: 10 minutes }
                    by: [tag]
                    measures: { n: count(*), likes: sum(likes) }
                outputs:
                  - { view: stats, table: "${mode}_stats", in: sqlite }
                """, "truth.yaml");
    }

    /**
     * The numbers that every place must show.
     *
     * @param rows that differ
     * @param late records that the stream refused
     * @param lateRows rows that they are behind
     */
    private record Truth(long rows, long late, long lateRows) {
        /** Adds up the plan; a row differs by its count or by its sum. */
        static Truth of(List<List<Planned>> plan) {
            var stream = new HashMap<String, List<Integer>>();
            var batch = new HashMap<String, List<Integer>>();
            var lateRows = new HashSet<String>();
            long late = 0;
            for (var it : plan.stream().flatMap(List::stream).toList()) {
                if (it.fate() == Fate.COUNTED || it.fate() == Fate.COUNTED_AGAIN) {
                    stream.merge(it.row(), List.of(1, it.likes()), Truth::plus);
                }
                if (it.fate() == Fate.COUNTED || it.fate() == Fate.LATE) {
                    batch.merge(it.row(), List.of(1, it.likes()), Truth::plus);
                }
                if (it.fate() == Fate.LATE) {
                    late++;
                    lateRows.add(it.row());
                }
            }
            Set<String> rows = new HashSet<>(stream.keySet());
            rows.addAll(batch.keySet());
            rows.removeIf(it -> stream.getOrDefault(it, List.of()).equals(batch.getOrDefault(it, List.of())));
            return new Truth(rows.size(), late, lateRows.size());
        }

        private static List<Integer> plus(List<Integer> left, List<Integer> right) {
            return List.of(left.get(0) + right.get(0), left.get(1) + right.get(1));
        }
    }

    @Test
    void everyPlaceTellsTheNumbersOfThePlan() throws Exception {
        var plan = FaultyFiles.plan(11);
        for (int file = 0; file < plan.size(); file++) {
            FaultyFiles.write(home, plan.get(file), file);
        }
        var truth = Truth.of(plan);
        assertThat(truth.rows()).isGreaterThan(5);
        assertThat(truth.late()).isGreaterThan(truth.lateRows() / 2);
        try (var job = Trial.job(home, pipeline())) {
            try (var stream = job.stream(new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(1_000)))) {
                stream.drainTo(job.input().end());
                stream.run().closeWindows();
                stream.finish("drained");
            }
            job.batch().run();
            var workspace = Trial.home(home);
            workspace.note("truth");
            var written =
                    new Reporting(Hosting.local(workspace), job, job.wiring().narrator()).write(home.resolve("out"));
            var page = written.file();
            var json = new ObjectMapper()
                    .readTree(page.resolveSibling("report.json").toFile());

            var rows = new LinkedHashMap<String, Long>();
            var late = new LinkedHashMap<String, Long>();
            var unexplained = new LinkedHashMap<String, Long>();
            ofJson(json, rows, late, unexplained);
            ofFiles(page, rows);
            ofText(ReportText.of(written.report()), rows, late, unexplained);
            ofHtml(Files.readString(page), rows, late, unexplained);
            ofPage(job.pipeline(), rows, late, unexplained);

            assertThat(rows)
                    .allSatisfy((place, number) -> assertThat(number).as(place).isEqualTo(truth.rows()));
            assertThat(late)
                    .allSatisfy((place, number) -> assertThat(number).as(place).isEqualTo(truth.late()));
            assertThat(unexplained)
                    .allSatisfy((place, number) -> assertThat(number).as(place).isZero());
            assertThat(json.at("/causes/late/rows").asLong()).isEqualTo(truth.lateRows());
            differencesAreWhatTheBatchHasMore(json, page);
        }
    }

    private static void ofJson(
            JsonNode json, Map<String, Long> rows, Map<String, Long> late, Map<String, Long> unexplained) {
        rows.put("report.json, differing_rows", json.path("differing_rows").asLong());
        rows.put("report.json, view", json.at("/views/stats/differing").asLong());
        rows.put(
                "report.json, accuracy",
                json.at("/accuracy/compared_rows").asLong()
                        - json.at("/accuracy/agreeing_rows").asLong());
        long heat = 0;
        for (var window : json.path("windows")) {
            heat += window.path("differing_keys").asLong();
        }
        rows.put("report.json, windows", heat);
        late.put("report.json, cause", json.at("/causes/late/records").asLong());
        late.put(
                "report.json, conservation",
                json.at("/conservation/stream/late").asLong());
        unexplained.put("report.json", json.path("unexplained").asLong(-1));
    }

    private static void ofFiles(Path page, Map<String, Long> rows) throws IOException {
        try (var lines = Files.lines(page.resolveSibling("differing-rows.jsonl"))) {
            rows.put("differing-rows.jsonl", lines.count());
        }
        try (var lines = Files.lines(page.resolveSibling("differences.csv"))) {
            rows.put(
                    "differences.csv",
                    lines.skip(1)
                            .map(it -> List.of(it.split(",")).subList(0, 4))
                            .distinct()
                            .count());
        }
    }

    private static void ofText(
            String text, Map<String, Long> rows, Map<String, Long> late, Map<String, Long> unexplained) {
        rows.put("text, view", found(text, "stats: .* agree, " + NUMBER + " differ"));
        rows.put(
                "text, agreement",
                found(text, " of " + NUMBER + " rows · ") - found(text, "· " + NUMBER + " of [\\d,]+ rows · "));
        late.put("text, cause", found(text, "late: " + NUMBER + " record"));
        late.put("text, conservation", found(text, NUMBER + " late"));
        unexplained.put("text", found(text, NUMBER + " unexplained"));
    }

    private static void ofHtml(
            String html, Map<String, Long> rows, Map<String, Long> late, Map<String, Long> unexplained) {
        var text = html.replaceAll("(?s)<(style|svg).*?</\\1>", " ")
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ");
        rows.put("html, differences", found(text, "All " + NUMBER + " rows that differ"));
        rows.put(
                "html, list",
                html.lines()
                        .mapToLong(it -> it.split("<li id=\"row-", -1).length - 1L)
                        .sum());
        rows.put(
                "html, tile",
                found(text, " of " + NUMBER + " rows; mean") - found(text, NUMBER + " of [\\d,]+ rows; mean"));
        rows.put("html, rows per view", found(text, "Rows per view .*?stats [\\d,]+ [\\d,]+ " + NUMBER));
        late.put("html, tile", found(text, "late " + NUMBER + ";? "));
        late.put("html, cause", found(text, "the stream had closed the window " + NUMBER + " [\\d,]+ "));
        unexplained.put("html, tile", found(text, "Unexplained \\S+ " + NUMBER));
        rows.put("html, heat strip", heat(html));
    }

    /** What the cells of the heat strip say where a pointer rests on them. */
    private static long heat(String html) {
        var cells = Pattern.compile("<title>[^<]*?: [a-z ]+, ([\\d,]+) of [\\d,]+ keys? differ</title>")
                .matcher(html);
        long sum = 0;
        while (cells.find()) {
            sum += number(cells.group(1));
        }
        return sum;
    }

    private void ofPage(
            Pipeline pipeline, Map<String, Long> rows, Map<String, Long> late, Map<String, Long> unexplained)
            throws IOException {
        try (var over = PageOver.of(Trial.home(home), pipeline)) {
            var data = over.data();
            var report = new ObjectMapper().readTree(data.report("truth").orElseThrow());
            rows.put("API, report", report.path("differing_rows").asLong());
            var all = new DifferenceQuery("", "", "", "", DifferenceQuery.Order.PERCENT, 0, 10);
            rows.put(
                    "API, differences",
                    data.differences("truth", all).orElseThrow().total());
            var last = data.comparisons("truth").get(0);
            rows.put("API, comparisons", last.comparedRows() - last.agreeingRows());
            late.put("API, comparisons", last.causes().getOrDefault("late", 0L));
            late.put("API, pulse", data.pulse("truth").orElseThrow().fates().getOrDefault("late", 0L));
            late.put(
                    "API, refusals",
                    data.refusals("truth", RefusalKind.LATE, 10).total());
            unexplained.put("API, comparisons", last.unexplained());
            unexplained.put("API, pipelines", data.pipelines().get(0).unexplained());
            ofMetrics(data, rows, late, unexplained);
        }
    }

    /** Texts show the share with two digits; fewer than ten thousand rows are compared, so the rows follow from it. */
    private static void ofMetrics(
            PageData data, Map<String, Long> rows, Map<String, Long> late, Map<String, Long> unexplained)
            throws IOException {
        try (var page = LivePage.start(data, new Exposure.Loopback(0));
                var answer = page.address().resolve("/metrics").toURL().openStream()) {
            var text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            double differing = 1 - sample(text, "tandem_agreement_ratio\\{pipeline=\"truth\"}");
            rows.put(
                    "/metrics, rows",
                    Math.round(differing * sample(text, "tandem_compared_rows\\{pipeline=\"truth\"}")));
            late.put("/metrics, cause", (long)
                    sample(text, "tandem_cause_records\\{pipeline=\"truth\",cause=\"late\"}"));
            late.put("/metrics, fate", (long) sample(text, "tandem_records_total\\{pipeline=\"truth\",fate=\"late\"}"));
            unexplained.put("/metrics", (long) sample(text, "tandem_unexplained\\{pipeline=\"truth\"}"));
        }
    }

    private static double sample(String metrics, String name) {
        var found = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics);
        assertThat(found.find()).as("'%s' in %s", name, metrics).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /** Batch − stream, as {@code explain} tells it; a mode without the row counts as 0. */
    private static void differencesAreWhatTheBatchHasMore(JsonNode json, Path page) throws IOException {
        for (var it : json.path("differences")) {
            assertThat(it.path("difference").asDouble())
                    .as("report.json: %s", it)
                    .isCloseTo(it.path("batch").asDouble() - it.path("stream").asDouble(), within(1e-9));
        }
        for (var line : Files.readAllLines(page.resolveSibling("differing-rows.jsonl"))) {
            for (var it : new ObjectMapper().readTree(line).path("measures")) {
                assertThat(it.path("difference").asDouble())
                        .as("differing-rows.jsonl: %s", line)
                        .isCloseTo(
                                it.path("batch").asDouble() - it.path("stream").asDouble(), within(1e-9));
            }
        }
    }

    private static long found(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("'%s' in %s", pattern, text).isTrue();
        return number(found.group(1));
    }

    private static long number(String grouped) {
        return Long.parseLong(grouped.replace(",", ""));
    }
}
