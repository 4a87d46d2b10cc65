package dev.tandem.parity.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record's way as JSON. Values are text, what is absent is null. Keys are only added. */
public final class TraceJson {
    private TraceJson() {}

    /** Puts the way into {@code document}. */
    public static void write(RecordTrace trace, ObjectNode document) {
        document.put("pipeline", trace.pipeline())
                .put("partition", trace.at().partition())
                .put("position", trace.at().position())
                .put("arrival", trace.arrival().toString())
                .put("event_time", text(trace.event()))
                .put("micro_batch", trace.microBatch())
                .put("watermark", text(trace.watermark()))
                .put("raw", trace.raw())
                .put("stream", trace.stream())
                .put("batch", trace.batch());
        var steps = document.putArray("steps");
        for (var step : trace.steps()) {
            var line = steps.addObject().put("step", step.step());
            texts(step.changed(), line.putObject("changed"));
            line.put("outcome", step.outcome());
        }
        var copies = document.putArray("copies");
        trace.copies()
                .forEach(copy -> copies.addObject()
                        .put("partition", copy.at().partition())
                        .put("position", copy.at().position())
                        .put("micro_batch", copy.microBatch())
                        .put("landed", copy.landed()));
        var rows = document.putArray("rows");
        trace.rows().forEach(row -> row(row, rows.addObject()));
    }

    private static void row(RecordTrace.RowLine row, ObjectNode into) {
        into.put("view", row.view()).put("window_start", text(row.start())).put("window_end", text(row.end()));
        texts(row.key(), into.putObject("key"));
        into.put("in_stream", row.inStream())
                .put("in_batch", row.inBatch())
                .put("refused", row.refused())
                .put("why", row.why().orElse(null));
        var values = into.putObject("values");
        row.values()
                .forEach((measure, both) -> values.putObject(measure)
                        .put("stream", both.stream().orElse(null))
                        .put("batch", both.batch().orElse(null)));
    }

    private static void texts(Map<String, String> texts, ObjectNode into) {
        texts.forEach(into::put);
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
