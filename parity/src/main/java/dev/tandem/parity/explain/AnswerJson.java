package dev.tandem.parity.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.parity.explain.Explanation.Bridge;
import dev.tandem.parity.explain.Explanation.CauseRecords;
import dev.tandem.parity.explain.Explanation.Mode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer as JSON. Values and amounts are text, so that no digit is lost; what is absent is null. Keys are only added. */
public final class AnswerJson {
    private AnswerJson() {}

    /** Puts the answer into {@code document}. */
    public static void write(Answer answer, ObjectNode document) {
        document.put("pipeline", answer.pipeline()).put("asked", answer.asked()).put("differing", answer.differing());
        var rows = document.putArray("rows");
        answer.rows().forEach(row -> line(row, rows.addObject()));
        document.put("chosen", answer.chosen());
        var explained = document.putArray("explained");
        answer.explained().forEach(it -> explanation(it, explained.addObject()));
    }

    private static void line(Answer.Line row, ObjectNode into) {
        into.put("view", row.view()).put("window_start", text(row.start()));
        texts(row.key(), into.putObject("key"));
        into.put("measure", row.measure())
                .put("stream", row.stream().orElse(null))
                .put("batch", row.batch().orElse(null))
                .put("difference", row.difference().map(ValueText::plain).orElse(null))
                .put("closed", row.closed());
    }

    private static void explanation(Explanation explanation, ObjectNode into) {
        into.put("view", explanation.view())
                .put("window_start", text(explanation.start()))
                .put("window_end", text(explanation.end()));
        texts(explanation.key(), into.putObject("key"));
        into.put("definition", explanation.definition()).put("closed", explanation.closed());
        mode(explanation.stream(), into.putObject("stream"));
        mode(explanation.batch(), into.putObject("batch"));
        var measures = into.putArray("measures");
        explanation.measures().forEach(it -> bridge(it, measures.addObject()));
        var causes = into.putArray("causes");
        explanation.causes().forEach(it -> cause(it, causes.addObject()));
    }

    private static void mode(Mode mode, ObjectNode into) {
        into.put("row", mode.row()).put("definition", mode.definition()).put("micro_batch", mode.microBatch());
        var positions = into.putObject("positions");
        new TreeMap<>(mode.positions()).forEach((partition, position) -> positions.put(partition.toString(), position));
        into.put("watermark", text(mode.watermark()))
                .put("at", mode.at().toString())
                .put("age_ms", mode.age().toMillis());
    }

    private static void bridge(Bridge bridge, ObjectNode into) {
        into.put("measure", bridge.measure())
                .put("additive", bridge.additive())
                .put("stream", bridge.stream().orElse(null))
                .put("batch", bridge.batch().orElse(null))
                .put("difference", bridge.difference().map(ValueText::plain).orElse(null));
        var steps = into.putArray("steps");
        for (var step : bridge.steps()) {
            steps.addObject()
                    .put("cause", step.cause())
                    .put("amount", step.amount().map(ValueText::plain).orElse(null))
                    .put("from", step.from().orElse(null))
                    .put("to", step.to().orElse(null))
                    .put("records", step.records());
        }
        into.put("unexplained", ValueText.plain(bridge.unexplained())).put("complete", bridge.complete());
    }

    private static void cause(CauseRecords cause, ObjectNode into) {
        into.put("cause", cause.cause())
                .put("meaning", cause.meaning())
                .put("hint", cause.hint())
                .put("mend", cause.hint()) // Deprecated alias of "hint"; removed in 0.3.
                .put("records", cause.records());
        ArrayNode first = into.putArray("first");
        for (var record : cause.first()) {
            var line = first.addObject()
                    .put("partition", record.at().partition())
                    .put("position", record.at().position())
                    .put("event_time", record.event().toString())
                    .put("arrival", text(record.arrival()))
                    .put(
                            "lateness_ms",
                            record.lateness().map(it -> it.toMillis()).orElse(null))
                    .put("micro_batch", record.microBatch())
                    .put("watermark", text(record.watermark()))
                    .put("stream", record.stream())
                    .put("batch", record.batch());
            texts(record.arguments(), line.putObject("arguments"));
            line.put("raw", record.raw());
        }
    }

    private static void texts(Map<String, String> texts, ObjectNode into) {
        texts.forEach(into::put);
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
