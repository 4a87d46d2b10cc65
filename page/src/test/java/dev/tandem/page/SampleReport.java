package dev.tandem.page;

import dev.tandem.page.data.PipelineFacts.ColumnRole;
import dev.tandem.page.data.PipelineFacts.ViewFacts;
import dev.tandem.page.data.ViewRows;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A comparison of a sample's rows, in the keys of {@code report.json}. */
final class SampleReport {
    private final SamplePipeline sample;
    private final List<Object> windows = new ArrayList<>();
    private final List<Object> differences = new ArrayList<>();
    private final Map<String, Object> views = new LinkedHashMap<>();
    private long compared;
    private long agreeing;

    private SampleReport(SamplePipeline sample) {
        this.sample = sample;
    }

    static Map<String, Object> of(SamplePipeline sample) {
        var report = new SampleReport(sample);
        sample.facts().views().forEach(report::add);
        return report.told();
    }

    static double percent(SamplePipeline sample) {
        var report = new SampleReport(sample);
        sample.facts().views().forEach(report::add);
        return report.percent();
    }

    private double percent() {
        return Math.floor(agreeing * 10_000.0 / Math.max(1, compared)) / 100;
    }

    private void add(ViewFacts view) {
        var rows = Objects.requireNonNull(sample.rows().get(view.name()));
        int measure = view.columns().stream().map(it -> it.role()).toList().indexOf(ColumnRole.MEASURE);
        long before = compared;
        long agreed = agreeing;
        var starts = new LinkedHashSet<Optional<Instant>>();
        rows.stream().forEach(it -> starts.add(it.start()));
        for (var start : starts) {
            window(view, rows, start, measure);
        }
        views.put(
                view.name(),
                Map.of(
                        "compared",
                        compared - before,
                        "agreeing",
                        agreeing - agreed,
                        "differing",
                        compared - before - agreeing + agreed,
                        "open",
                        1,
                        "measures",
                        Map.of()));
    }

    private void window(ViewFacts view, ViewRows rows, Optional<Instant> start, int measure) {
        var stream = at(rows.stream(), start);
        var batch = at(rows.batch(), start);
        long keys = 0;
        long differing = 0;
        for (var row : batch) {
            var twin = stream.stream()
                    .filter(it -> key(view, it).equals(key(view, row)))
                    .findFirst();
            keys++;
            boolean bad = sample.verdict().equals("disagree")
                    && keys == 1
                    && start.isPresent()
                    && start.get().getEpochSecond() % 900 == 0;
            if (bad || !twin.map(ViewRows.Row::cells).equals(Optional.of(row.cells()))) {
                differing++;
                differences.add(difference(view, row, twin, measure));
            }
        }
        compared += keys;
        agreeing += keys - differing;
        var line = new LinkedHashMap<String, Object>();
        line.put("view", view.name());
        line.put("measure", view.columns().get(measure).name());
        line.put("start", start);
        line.put("end", batch.stream().findFirst().flatMap(ViewRows.Row::end));
        line.put("status", batch.isEmpty() ? "open" : differing == 0 ? "agree" : word());
        line.put("stream", sum(stream, measure));
        line.put("batch", sum(batch, measure));
        line.put("allowed", 0);
        line.put("keys", keys);
        line.put("differing_keys", differing);
        line.put("largest", List.of());
        windows.add(line);
    }

    private String word() {
        return switch (sample.verdict()) {
            case "disagree" -> "unexplained";
            case "within_tolerance" -> "within_tolerance";
            default -> "explained";
        };
    }

    private static List<ViewRows.Row> at(List<ViewRows.Row> rows, Optional<Instant> start) {
        return rows.stream().filter(it -> it.start().equals(start)).toList();
    }

    private static Map<String, String> key(ViewFacts view, ViewRows.Row row) {
        var key = new LinkedHashMap<String, String>();
        for (int index = 0; index < view.columns().size(); index++) {
            if (view.columns().get(index).role() == ColumnRole.KEY) {
                key.put(view.columns().get(index).name(), row.cells().get(index).orElse(""));
            }
        }
        return key;
    }

    private static double sum(List<ViewRows.Row> rows, int measure) {
        return rows.stream()
                .flatMap(it -> it.cells().get(measure).stream())
                .mapToDouble(it -> it.matches("-?[0-9.]+") ? Double.parseDouble(it) : 0)
                .sum();
    }

    private Map<String, Object> difference(
            ViewFacts view, ViewRows.Row batch, Optional<ViewRows.Row> stream, int measure) {
        var one = new LinkedHashMap<String, Object>();
        var of = new BigDecimal(batch.cells().get(measure).orElse("0"));
        var has = stream.flatMap(it -> it.cells().get(measure)).map(BigDecimal::new);
        one.put("view", view.name());
        one.put("start", batch.start());
        one.put("end", batch.end());
        one.put("key", key(view, batch));
        one.put("measure", view.columns().get(measure).name());
        one.put("stream", has.map(BigDecimal::doubleValue));
        one.put("batch", of.doubleValue());
        one.put("difference", has.map(it -> of.subtract(it).doubleValue()));
        one.put("percent", has.map(it -> of.subtract(it).doubleValue() * 100 / of.doubleValue()));
        one.put("causes", Map.of(sample.verdict().equals("disagree") ? "unexplained" : "late", 1));
        one.put("records", List.of("0:" + (differences.size() * 37 + 118), "2:" + (differences.size() * 41 + 7)));
        return one;
    }

    private Map<String, Object> told() {
        long apart = compared - agreeing;
        boolean bad = sample.verdict().equals("disagree");
        var report = new LinkedHashMap<String, Object>();
        report.put("schema_version", 1);
        report.put("pipeline", sample.facts().name());
        report.put("definition", sample.facts().hash());
        report.put("generated_at", SamplePipeline.NOON.plusSeconds(27_900));
        report.put("verdict", sample.verdict());
        report.put("sentence", sentence(apart));
        report.put("unexplained", bad ? apart : 0);
        report.put(
                "accuracy",
                Map.of(
                        "compared_rows",
                        compared,
                        "agreeing_rows",
                        agreeing,
                        "percent",
                        percent(),
                        "mean_difference_percent",
                        0.017));
        report.put("views", views);
        report.put("causes", apart == 0 ? Map.of() : causes(apart, bad));
        report.put("conservation", Map.of("stream", fates(apart), "batch", fates(0)));
        report.put(
                "latency",
                Map.of(
                        "measured",
                        "from arrival to commit",
                        "samples",
                        101_006,
                        "p50",
                        69.0,
                        "p95",
                        1_770.0,
                        "p99",
                        2_110.0,
                        "max",
                        2_240.0));
        report.put("throughput", Map.of("stream", throughput(5_952), "batch", throughput(63_022)));
        report.put("targets", targets());
        report.put("windows", windows);
        report.put("differences", differences.stream().limit(100).toList());
        report.put("quarantine", Map.of("missing_id", "coalesce(trim(tweet_id), '') <> ''"));
        report.put("cut", cut());
        report.put("versions", Map.of("tandem", "0.1.0", "spark", "4.2.0", "java", "17.0.15"));
        report.put("commands", List.of("./tandem compare " + sample.facts().name()));
        report.put("cost", Map.of("stream", cost(10.5, 19.2, 29_077), "batch", cost(3.4, 4.8, 0)));
        report.put("convergence", List.of(convergence()));
        report.put("common", apart == 0 ? Map.of() : Map.of("late", common()));
        report.put("late_by_missing_delay_seconds", apart == 0 ? Map.of() : Map.of("85", 60, "204", 23));
        return report;
    }

    private static Map<String, Object> cut() {
        var cut = new LinkedHashMap<String, Object>();
        cut.put("micro_batch", 412);
        cut.put("positions", Map.of("0", 33_668, "1", 33_669, "2", 33_669));
        cut.put("records", 101_006);
        cut.put("partitions", List.of(partition(0, 7, 20_000), partition(1, 12, 20_100), partition(2, 9_000, 1_380)));
        cut.put(
                "apart",
                Map.of(
                        "partitions",
                        List.of(2),
                        "sentence",
                        "Partition 2 is 5 h 10 min behind the others in event time."));
        return cut;
    }

    private static Map<String, Object> partition(int number, long late, long lastSecond) {
        return Map.of(
                "partition",
                number,
                "records",
                33_660,
                "late",
                late,
                "first_event",
                SamplePipeline.NOON,
                "last_event",
                SamplePipeline.NOON.plusSeconds(lastSecond));
    }

    private static Map<String, Object> cost(double cpu, double wall, long state) {
        return Map.of(
                "cpu_seconds",
                cpu,
                "cpu_seconds_per_million",
                cpu * 10,
                "wall_seconds",
                wall,
                "peak_heap_bytes",
                280_000_000,
                "state_rows",
                state,
                "state_bytes",
                state * 140);
    }

    private Map<String, Object> convergence() {
        return Map.of(
                "view",
                sample.facts().views().get(0).name(),
                "windows",
                5,
                "nearly_right_seconds",
                0.4,
                "final_error_percent",
                0.02,
                "steps",
                List.of(step(0, 5.4, 10.1), step(0.2, 1.8, 8.2), step(0.5, 0.02, 0.1)));
    }

    private static Map<String, Object> common() {
        return Map.of(
                "records",
                83,
                "all_records",
                101_006,
                "traits",
                List.of(Map.of(
                        "trait",
                        "partition",
                        "value",
                        "2",
                        "refused_with_it",
                        64,
                        "all_with_it",
                        33_669,
                        "lift",
                        2.3,
                        "probability",
                        5e-15,
                        "sentence",
                        "64 of 83 late records come from partition 2, which holds 33 % of all records.",
                        "statistics",
                        "2.3 times as frequent as among all, p < 1e-12")));
    }

    private static Map<String, Object> step(double seconds, double error, double worst) {
        return Map.of("seconds", seconds, "error_percent", error, "worst_percent", worst);
    }

    private String sentence(long apart) {
        return switch (sample.verdict()) {
            case "agree" -> "Stream and batch agree on all %,d closed rows.".formatted(compared);
            case "within_tolerance" ->
                "Stream and batch agree on %,d of %,d closed rows; the other %,d are within the allowed difference."
                        .formatted(agreeing, compared, apart);
            case "disagree" -> "%,d of %,d closed rows differ and nothing explains it.".formatted(apart, compared);
            default ->
                "Stream and batch agree on %,d of %,d closed rows; each of the other %,d is explained by 83 late records."
                        .formatted(agreeing, compared, apart);
        };
    }

    private static Map<String, Object> causes(long rows, boolean bad) {
        return bad
                ? Map.of(
                        "unexplained",
                        Map.of(
                                "records",
                                0,
                                "rows",
                                rows,
                                "meaning",
                                "nothing explains it",
                                "hint",
                                "telling us: this is a defect in Tandem"))
                : Map.of(
                        "late",
                        Map.of(
                                "records",
                                83,
                                "rows",
                                rows,
                                "meaning",
                                "counted by the batch; the stream had closed the window",
                                "hint",
                                "a longer watermark delay"));
    }

    private static Map<String, Object> fates(long late) {
        return Map.of(
                "read",
                101_006,
                "counted",
                99_660 - late,
                "quarantined",
                340,
                "duplicate",
                1_006,
                "late",
                late,
                "filtered",
                0,
                "split",
                0,
                "waiting",
                0);
    }

    private static Map<String, Object> throughput(double rate) {
        return Map.of(
                "events_per_second",
                rate,
                "events",
                101_006,
                "seconds",
                101_006 / rate,
                "measured",
                "from first to last");
    }

    private List<Object> targets() {
        return sample.facts().targets().entrySet().stream()
                .map(it -> (Object) Map.of(
                        "name",
                        it.getKey(),
                        "asked",
                        it.getValue(),
                        "reached",
                        it.getKey().startsWith("lat")
                                ? "1,770 ms"
                                : it.getKey().equals("parity") ? "0.017 %" : "5,952 events/s",
                        "met",
                        !sample.verdict().equals("disagree")))
                .toList();
    }
}
