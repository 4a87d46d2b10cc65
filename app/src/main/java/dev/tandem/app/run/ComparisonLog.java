package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A line of JSON for each comparison of a pipeline, the latest last, so that agreement can be followed over time. */
public record ComparisonLog(Path folder) {
    public static final String FILE = "comparisons.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT = 1_000;

    /** Adds what {@code report} says, and forgets the oldest lines where there are many. */
    void add(Path report) throws IOException {
        var file = folder.resolve(FILE);
        var line = line(JSON.readTree(report.toFile())).toString() + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var lines = Files.readAllLines(file);
        if (lines.size() > 2 * KEPT) {
            shorten(file, lines.subList(lines.size() - KEPT, lines.size()));
        }
    }

    /** What the last comparison came to; empty before the first. */
    Optional<Alerts.Outcome> last() {
        return lastLine()
                .map(line -> new Alerts.Outcome(
                        line.path("verdict").asText(), line.path("failed").asBoolean()));
    }

    /** The end of the last window that the last comparison has compared; empty before the first. */
    public Optional<Instant> until() {
        return lastLine()
                .map(line -> line.path("until"))
                .filter(JsonNode::isTextual)
                .map(it -> Instant.parse(it.asText()));
    }

    private Optional<JsonNode> lastLine() {
        var file = folder.resolve(FILE);
        try {
            var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(JSON.readTree(lines.get(lines.size() - 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read %s: %s; delete it, it holds only past comparisons".formatted(file, Reason.of(e)), e);
        }
    }

    private static void shorten(Path file, List<String> kept) throws IOException {
        var unfinished = file.resolveSibling(FILE + ".unfinished");
        Files.write(unfinished, kept);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The end of the last window that was compared; null where none was. */
    private static @Nullable String until(JsonNode report) {
        var ends = new TreeSet<Instant>();
        for (var window : report.path("windows")) {
            if (!window.path("status").asText().equals("open")
                    && window.path("end").isTextual()) {
                ends.add(Instant.parse(window.path("end").asText()));
            }
        }
        return ends.isEmpty() ? null : ends.last().toString();
    }

    private static boolean failed(JsonNode report) {
        if (report.path("verdict").asText().equals("disagree")) {
            return true;
        }
        for (var target : report.path("targets")) {
            if (target.path("measured").asBoolean(true) && !target.path("met").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode line(JsonNode report) {
        var accuracy = report.path("accuracy");
        var line = JSON.createObjectNode()
                .put("at", report.path("generated_at").asText())
                .put("verdict", report.path("verdict").asText())
                .put("compared_rows", accuracy.path("compared_rows").asLong())
                .put("agreeing_rows", accuracy.path("agreeing_rows").asLong())
                .put("percent", accuracy.path("percent").asDouble())
                .put("unexplained", report.path("unexplained").asLong())
                .put("failed", failed(report))
                .put("until", until(report));
        var causes = line.putObject("causes");
        report.path("causes")
                .properties()
                .forEach(it ->
                        causes.put(it.getKey(), it.getValue().path("records").asLong()));
        return line;
    }
}
