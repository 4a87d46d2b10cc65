package dev.tandem.parity.explain;

import dev.tandem.parity.explain.RecordTrace.RowLine;
import dev.tandem.parity.explain.RecordTrace.StepLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A record's way as plain text for a terminal, without colour. */
public final class TraceText {
    private static final int COPIES = 10;

    private final List<String> lines = new ArrayList<>();

    private TraceText() {}

    /** Lines end in a line feed, the last one too. */
    public static String of(RecordTrace trace) {
        var text = new TraceText();
        text.head(trace);
        trace.steps().forEach(text::step);
        text.copies(trace);
        text.rows(trace.rows());
        return String.join("\n", text.lines) + "\n";
    }

    private void head(RecordTrace trace) {
        lines.add("%s %s".formatted(trace.pipeline(), trace.at()));
        line("bytes", trace.raw());
        line("arrival", trace.arrival().toString());
        trace.event()
                .ifPresent(event -> line(
                        "event",
                        "%s (%s before the arrival)"
                                .formatted(event, ValueText.duration(Duration.between(event, trace.arrival())))));
        line(
                "read",
                "in micro-batch %d, watermark %s"
                        .formatted(
                                trace.microBatch(),
                                trace.watermark().map(Object::toString).orElse("none")));
        line("stream", trace.stream());
        line("batch", trace.batch());
        lines.add("");
        lines.add("steps");
    }

    private void line(String label, String text) {
        lines.add("  %-9s%s".formatted(label, text));
    }

    private void step(StepLine step) {
        var outcome = step.outcome().isEmpty() ? "" : "  → " + step.outcome();
        lines.add("  " + OneLine.of(step.step()) + outcome);
        step.changed().forEach((name, value) -> lines.add("      %s = %s".formatted(name, OneLine.of(value))));
    }

    private void copies(RecordTrace trace) {
        if (trace.copies().size() > 1) {
            lines.add("");
            lines.add("%d records have its key".formatted(trace.copies().size()));
            trace.copies().stream()
                    .limit(COPIES)
                    .forEach(copy -> lines.add("  %s  micro-batch %d, %s%s"
                            .formatted(
                                    copy.at(),
                                    copy.microBatch(),
                                    copy.landed(),
                                    copy.at().equals(trace.at()) ? "  ← this one" : "")));
        }
    }

    private void rows(List<RowLine> rows) {
        lines.add("");
        lines.add(rows.isEmpty() ? "it contributes to no row" : "rows");
        rows.forEach(this::row);
    }

    private void row(RowLine row) {
        var window = row.start()
                .map(start -> "%s to %s".formatted(start, row.end().orElseThrow()))
                .orElse("everything");
        lines.add("  %s · %s%s"
                .formatted(row.view(), window, row.key().isEmpty() ? "" : " · " + ValueText.key(row.key())));
        lines.add("      stream %s, batch %s%s%s"
                .formatted(
                        counts(row.inStream()),
                        counts(row.inBatch()),
                        row.why().map(" (%s)"::formatted).orElse(""),
                        row.refused() ? "; the window had closed in the stream" : ""));
        if (!row.values().isEmpty()) {
            lines.add("      "
                    + row.values().entrySet().stream()
                            .map(it -> "%s %s | %s"
                                    .formatted(
                                            it.getKey(),
                                            ValueText.value(it.getValue().stream()),
                                            ValueText.value(it.getValue().batch())))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String counts(boolean counted) {
        return counted ? "counts it" : "does not count it";
    }
}
