package dev.tandem.parity.explain;

import dev.tandem.parity.explain.Explanation.Bridge;
import dev.tandem.parity.explain.Explanation.CauseRecords;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An answer as Markdown, to be put into a ticket or a chat. */
public final class AnswerMarkdown {
    private final List<String> lines = new ArrayList<>();

    private AnswerMarkdown() {}

    /** Lines end in a line feed, the last one too. */
    public static String of(Answer answer) {
        var text = new AnswerMarkdown();
        text.list(answer);
        answer.explained().forEach(text::explain);
        return String.join("\n", text.lines) + "\n";
    }

    private void list(Answer answer) {
        if (answer.asked() == 1) {
            return;
        }
        lines.add("%d of %d rows of `%s` differ.".formatted(answer.differing(), answer.asked(), answer.pipeline()));
        lines.add("");
        row(List.of("#", "view", "window", "key", "measure", "stream", "batch", "difference"));
        lines.add("|---|---|---|---|---|---|---|---|");
        for (int index = 0; index < answer.rows().size(); index++) {
            var row = answer.rows().get(index);
            row(List.of(
                    String.valueOf(index + 1),
                    row.view(),
                    row.start().map(Object::toString).orElse("everything") + (row.closed() ? "" : " (open)"),
                    ValueText.key(row.key()),
                    row.measure(),
                    ValueText.value(row.stream()),
                    ValueText.value(row.batch()),
                    row.difference().map(ValueText::amount).orElse("")));
        }
        lines.add("");
    }

    private void row(List<String> cells) {
        lines.add("| "
                + String.join(" | ", cells.stream().map(AnswerMarkdown::cell).toList()) + " |");
    }

    private static String cell(String text) {
        return OneLine.of(text)
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`");
    }

    private void explain(Explanation explanation) {
        lines.add("### " + cell(ValueText.where(explanation)));
        lines.add("");
        lines.add("- stream: " + ValueText.mode(explanation.stream(), "committed"));
        lines.add("- batch: " + ValueText.mode(explanation.batch(), "ended"));
        if (!explanation.closed()) {
            lines.add("- the window is open: the stream may still change this row");
        }
        explanation.measures().forEach(bridge -> bridge(bridge));
        explanation.causes().forEach(this::records);
        lines.add("");
    }

    private void bridge(Bridge bridge) {
        lines.add("");
        row(List.of(bridge.measure(), "amount", "then", "records", "because"));
        lines.add("|---|---:|---:|---:|---|");
        row(List.of("stream", "", ValueText.value(bridge.stream()), "", ""));
        for (var step : bridge.steps()) {
            row(List.of(
                    step.cause(),
                    step.amount().map(ValueText::amount).orElse(""),
                    ValueText.value(step.to()),
                    step.records() == 0 ? "" : String.valueOf(step.records()),
                    Meanings.of(step.cause())));
        }
        var left = bridge.complete() && bridge.difference().isEmpty() ? BigDecimal.ZERO : bridge.unexplained();
        row(List.of(
                "unexplained",
                bridge.complete() ? ValueText.amount(left) : "**" + ValueText.amount(left) + "**",
                "",
                "",
                ""));
        row(List.of("batch", "", ValueText.value(bridge.batch()), "", ""));
        if (!bridge.additive() && bridge.steps().size() > 1) {
            lines.add("");
            lines.add("Each cause is put in after the ones above it; in another order the amounts would differ.");
        }
    }

    private void records(CauseRecords cause) {
        lines.add("");
        lines.add("**%s**: %s; %s. To change it: %s."
                .formatted(cause.cause(), ValueText.records(cause.records()), cause.meaning(), cause.hint()));
        lines.add("");
        row(List.of("record", "event", "arrival", "lateness", "micro-batch", "watermark", "stream", "batch", "bytes"));
        lines.add("|---|---|---|---|---|---|---|---|---|");
        for (var record : cause.first()) {
            row(List.of(
                    record.at().toString(),
                    record.event().toString(),
                    record.arrival().map(Object::toString).orElse(""),
                    record.lateness().map(ValueText::duration).orElse(""),
                    String.valueOf(record.microBatch()),
                    record.watermark().map(Object::toString).orElse(""),
                    record.stream(),
                    record.batch(),
                    record.raw()));
        }
    }
}
