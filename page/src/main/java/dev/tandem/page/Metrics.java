package dev.tandem.page;

import dev.tandem.page.data.Activity;
import dev.tandem.page.data.Comparison;
import dev.tandem.page.data.PageData;
import dev.tandem.page.data.PipelineLine;
import dev.tandem.page.data.Pulse;
import dev.tandem.page.data.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The metrics of all pipelines in the text format of Prometheus, for history and alerts, which the page does not have. */
final class Metrics {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Family> families = new LinkedHashMap<>();

    private record Family(String help, String type, List<String> samples) {}

    private Metrics() {}

    static String of(PageData data) {
        var metrics = new Metrics();
        data.pipelines().forEach(line -> {
            metrics.add(line, pulse(data, line.name()));
            last(data, line.name()).ifPresent(it -> metrics.add(line.name(), it));
        });
        return metrics.text();
    }

    private static Optional<Comparison> last(PageData data, String pipeline) {
        try {
            var all = data.comparisons(pipeline);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        } catch (Unavailable toldByItsGauge) {
            return Optional.empty();
        }
    }

    private void add(String pipeline, Comparison last) {
        var labels = labels("pipeline", pipeline);
        gauge("tandem_compared_rows", "rows that the last comparison compared", labels, last.comparedRows());
        gauge(
                "tandem_last_comparison_timestamp_seconds",
                "when the modes were last compared",
                labels,
                last.at().getEpochSecond());
        last.causes()
                .forEach((cause, records) -> gauge(
                        "tandem_cause_records",
                        "records behind the differences of the last comparison, by cause",
                        labels("pipeline", pipeline, "cause", cause),
                        records));
    }

    /** Empty where it cannot be read now: {@code tandem_readable} says so. */
    private static Optional<Pulse> pulse(PageData data, String pipeline) {
        try {
            return data.pulse(pipeline);
        } catch (Unavailable toldByItsGauge) {
            return Optional.empty();
        }
    }

    private void add(PipelineLine line, Optional<Pulse> pulse) {
        var labels = labels("pipeline", line.name());
        gauge("tandem_readable", "whether the tables of the pipeline can be read", labels, pulse.isPresent() ? 1 : 0);
        gauge("tandem_unexplained", "differences without a cause in the last comparison", labels, line.unexplained());
        line.percent()
                .ifPresent(it -> gauge(
                        "tandem_agreement_ratio", "share of the compared rows that agree, 0 to 1", labels, it / 100));
        pulse.ifPresent(it -> add(line.name(), labels, it));
    }

    private void add(String pipeline, String labels, Pulse pulse) {
        boolean running = pulse.stream() == Activity.RUNNING;
        gauge("tandem_stream_running", "whether the stream is running", labels, running ? 1 : 0);
        pulse.fates()
                .forEach((fate, records) -> counter(
                        "tandem_records_total",
                        "records that the stream has read, by what became of them",
                        labels("pipeline", pipeline, "fate", fate),
                        records));
        pulse.lag()
                .ifPresent(
                        it -> gauge("tandem_lag_records", "records in the topic that are not committed", labels, it));
        quantile(pipeline, "0.5", pulse.latency().p50());
        quantile(pipeline, "0.95", pulse.latency().p95());
        quantile(pipeline, "0.99", pulse.latency().p99());
        gauge("tandem_records_per_second", "records read over the last minute", labels, pulse.recordsPerSecond());
        gauge("tandem_open_windows", "windows that are not final", labels, pulse.openWindows());
        gauge("tandem_open_rows", "rows that may still change", labels, pulse.stateRows());
        for (var part : pulse.state()) {
            var its = labels("pipeline", pipeline, "kind", part.kind(), "part", Integer.toString(part.part()));
            gauge("tandem_state_rows", "remembered keys or open groups, by partition of state", its, part.rows());
            gauge("tandem_state_bytes", "their size on the heap, estimated", its, part.bytes());
        }
        cost(pipeline, "stream", pulse.streamCost());
        cost(pipeline, "batch", pulse.batchCost());
    }

    private void quantile(String pipeline, String quantile, Optional<Double> millis) {
        millis.ifPresent(it -> gauge(
                "tandem_latency_seconds",
                "from arrival to commit, by quantile",
                labels("pipeline", pipeline, "quantile", quantile),
                it / 1_000));
    }

    private void cost(String pipeline, String mode, Optional<Pulse.Cost> cost) {
        cost.ifPresent(it -> gauge(
                "tandem_cpu_seconds_per_million_records",
                "processor time of the last run of a mode",
                labels("pipeline", pipeline, "mode", mode),
                it.cpuSecondsPerMillion()));
    }

    private void gauge(String name, String help, String labels, Number value) {
        sample(name, help, "gauge", labels, value);
    }

    private void counter(String name, String help, String labels, Number value) {
        sample(name, help, "counter", labels, value);
    }

    private void sample(String name, String help, String type, String labels, Number value) {
        families.computeIfAbsent(name, it -> new Family(help, type, new ArrayList<>()))
                .samples()
                .add("%s%s %s".formatted(name, labels, value));
    }

    /** Names and values by turns. */
    private static String labels(String... pairs) {
        var labels = new ArrayList<String>();
        for (int at = 0; at < pairs.length; at += 2) {
            labels.add("%s=\"%s\"".formatted(pairs[at], escaped(pairs[at + 1])));
        }
        return "{" + String.join(",", labels) + "}";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private String text() {
        return families.entrySet().stream()
                .map(it -> "# HELP %1$s %2$s\n# TYPE %1$s %3$s\n%4$s\n"
                        .formatted(
                                it.getKey(),
                                it.getValue().help(),
                                it.getValue().type(),
                                String.join("\n", it.getValue().samples())))
                .collect(Collectors.joining());
    }
}
