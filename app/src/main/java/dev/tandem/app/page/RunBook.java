package dev.tandem.app.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Mode;
import dev.tandem.page.data.Activity;
import dev.tandem.page.data.Pulse;
import dev.tandem.page.data.RunLine;
import dev.tandem.store.Runs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The runs of one pipeline in the words of the page. What a run measured is read from what it wrote down when it ended. */
record RunBook(List<Runs.Run> streams, List<Runs.Run> batches) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLION = 1_000_000;
    private static final long MIB = 1 << 20;

    static final RunBook EMPTY = new RunBook(List.of(), List.of());

    static RunBook read(Runs runs, String pipeline) {
        return new RunBook(runs.all(pipeline, Mode.STREAM), runs.all(pipeline, Mode.BATCH));
    }

    Optional<Runs.Run> latestStream() {
        return streams.stream().findFirst();
    }

    /** End-to-end latency of the last finished stream; empty while one runs. */
    Optional<JsonNode> latency() {
        return latestStream()
                .flatMap(Runs.Run::end)
                .map(end -> metrics(end).path("latency"))
                .filter(it -> it.path("samples").asLong() > 0);
    }

    /** What the last run of a mode spent; empty where none has ended that measured it. */
    Optional<Pulse.Cost> cost(Mode mode) {
        return (mode == Mode.STREAM ? streams : batches)
                .stream()
                        .flatMap(run -> run.end().stream())
                        .flatMap(end -> cost(metrics(end)).stream())
                        .findFirst();
    }

    private static Optional<Pulse.Cost> cost(JsonNode metrics) {
        double records = metrics.path("cost").path("records").asDouble();
        double seconds = metrics.path("cost").path("cpuSeconds").asDouble();
        return records <= 0 || seconds <= 0
                ? Optional.empty()
                : Optional.of(new Pulse.Cost(
                        seconds * MILLION / records,
                        metrics.path("throughput").path("eventsPerSecond").asDouble(),
                        metrics.path("cost").path("peakHeapBytes").asLong()));
    }

    /** Both modes, the latest first; {@code live} is what the latest stream is doing. */
    List<RunLine> lines(Activity live) {
        var lines = new ArrayList<RunLine>();
        for (var run : streams) {
            boolean latest = latestStream().filter(run::equals).isPresent();
            lines.add(line(run, latest && live == Activity.RUNNING ? "running" : "killed"));
        }
        batches.forEach(run -> lines.add(line(run, "unfinished")));
        lines.sort(Comparator.comparing(RunLine::started).reversed());
        return lines;
    }

    private static RunLine line(Runs.Run run, String unfinished) {
        var metrics = run.end().map(RunBook::metrics).orElseGet(JSON::createObjectNode);
        var start = run.start();
        return new RunLine(
                start.runId(),
                start.mode().word(),
                run.end().map(RunBook::outcome).orElse(unfinished),
                start.started(),
                run.end().map(Runs.End::finished),
                metrics.path("throughput").path("events").asLong(),
                start.definition(),
                told(run, metrics));
    }

    /** One word; why it failed stands among what it measured. */
    private static String outcome(Runs.End end) {
        return Liveness.failed(end) ? "failed" : end.outcome();
    }

    private static Map<String, String> told(Runs.Run run, JsonNode metrics) {
        var told = new LinkedHashMap<String, String>();
        double rate = metrics.path("throughput").path("eventsPerSecond").asDouble();
        if (rate > 0) {
            told.put("records/s", "%,.0f".formatted(rate));
        }
        cost(metrics).ifPresent(it -> {
            told.put("CPU", String.format(Locale.ROOT, "%.1f s per million", it.cpuSecondsPerMillion()));
            told.put("peak heap", "%,d MiB".formatted(it.peakHeapBytes() / MIB));
        });
        run.end().filter(Liveness::failed).ifPresent(it -> told.put("error", it.outcome()));
        return told;
    }

    private static JsonNode metrics(Runs.End end) {
        try {
            return end.metrics().isBlank() ? JSON.createObjectNode() : JSON.readTree(end.metrics());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot read what a run measured: " + e.getOriginalMessage(), e);
        }
    }
}
