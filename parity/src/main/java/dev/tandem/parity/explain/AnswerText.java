package dev.tandem.parity.explain;

import dev.tandem.parity.explain.Explanation.Bridge;
import dev.tandem.parity.explain.Explanation.CauseRecords;
import dev.tandem.parity.explain.Explanation.RecordLine;
import dev.tandem.parity.explain.Explanation.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An answer as plain text for a terminal, without colour. */
public final class AnswerText {
    private final Answer answer;
    private final List<String> lines = new ArrayList<>();

    private AnswerText(Answer answer) {
        this.answer = answer;
    }

    /** Lines end in a line feed, the last one too. */
    public static String of(Answer answer) {
        var text = new AnswerText(answer);
        text.list();
        answer.explained().forEach(text::explain);
        return String.join("\n", text.lines) + "\n";
    }

    private void list() {
        if (answer.asked() == 1) {
            return;
        }
        lines.add("%d of %d rows differ%s"
                .formatted(answer.differing(), answer.asked(), answer.differing() > 0 ? "; the worst:" : ""));
        var table =
                new TextTable(List.of("", "#", "view", "window", "key", "measure", "stream", "batch", "difference"));
        for (int index = 0; index < answer.rows().size(); index++) {
            var row = answer.rows().get(index);
            table.add(List.of(
                    index + 1 == answer.chosen() ? ">" : "",
                    String.valueOf(index + 1),
                    row.view(),
                    row.start().map(Object::toString).orElse("everything") + (row.closed() ? "" : " (open)"),
                    ValueText.key(row.key()),
                    row.measure(),
                    ValueText.value(row.stream()),
                    ValueText.value(row.batch()),
                    row.difference().map(ValueText::amount).orElse("")));
        }
        lines.addAll(table.lines());
        lines.add("");
    }

    private void explain(Explanation explanation) {
        lines.add(ValueText.where(explanation));
        lines.add("  stream  " + ValueText.mode(explanation.stream(), "committed"));
        lines.add("  batch   " + ValueText.mode(explanation.batch(), "ended"));
        if (!explanation.closed()) {
            lines.add("  the window is open: the stream may still change this row");
        }
        var told = new HashSet<String>();
        explanation.measures().forEach(bridge -> bridge(explanation, bridge, told));
        hints(explanation);
        lines.add("");
    }

    private void bridge(Explanation explanation, Bridge bridge, Set<String> told) {
        lines.add("");
        if (bridge.agrees() && bridge.steps().isEmpty()) {
            lines.add("%s: %s in both modes".formatted(bridge.measure(), ValueText.value(bridge.stream())));
            return;
        }
        lines.add("%s: %s in the stream, %s in the batch%s"
                .formatted(
                        bridge.measure(),
                        ValueText.value(bridge.stream()),
                        ValueText.value(bridge.batch()),
                        bridge.difference()
                                .map(it -> " (%s)".formatted(ValueText.amount(it)))
                                .orElse("")));
        if (!bridge.additive() && bridge.steps().size() > 1) {
            lines.add("  each cause is put in after the ones above it; in another order the amounts would differ");
        }
        int width = width(bridge);
        line("stream", ValueText.value(bridge.stream()), width, "");
        var largest = bridge.steps().stream()
                .flatMap(step -> step.amount().stream())
                .map(BigDecimal::abs)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        for (var step : bridge.steps()) {
            line(step.cause(), change(step), width, beside(step, largest, explanation));
            if (told.add(step.cause())) {
                records(explanation, step);
            }
        }
        line("unexplained", unexplained(bridge), width, bridge.complete() ? "" : "please report this as a defect");
        line("batch", ValueText.value(bridge.batch()), width, "");
    }

    private static String change(Step step) {
        return step.amount().map(ValueText::amount).orElseGet(() -> "→ " + ValueText.value(step.to()));
    }

    private static String unexplained(Bridge bridge) {
        if (bridge.difference().isPresent()) {
            return ValueText.amount(bridge.unexplained());
        }
        return bridge.complete() ? "0" : "→ " + ValueText.value(bridge.batch());
    }

    private static int width(Bridge bridge) {
        int width = Math.max(
                ValueText.value(bridge.stream()).length(),
                ValueText.value(bridge.batch()).length());
        for (var step : bridge.steps()) {
            width = Math.max(width, change(step).length());
        }
        return Math.min(40, width);
    }

    private void line(String label, String value, int width, String beside) {
        lines.add(("  %-16s%" + width + "s  %s").formatted(label, value, beside).stripTrailing());
    }

    private static String beside(Step step, BigDecimal largest, Explanation explanation) {
        var bar = step.amount().map(it -> ValueText.bar(it, largest)).orElse("");
        var words = step.records() > 0
                ? ValueText.records(step.records()) + ": " + meaning(step, explanation)
                : meaning(step, explanation);
        return bar.isEmpty() ? words : bar + "  " + words;
    }

    private static String meaning(Step step, Explanation explanation) {
        return causes(explanation).getOrDefault(step.cause(), Meanings.of(step.cause()));
    }

    private static Map<String, String> causes(Explanation explanation) {
        return explanation.causes().stream().collect(Collectors.toMap(CauseRecords::cause, CauseRecords::meaning));
    }

    private void records(Explanation explanation, Step step) {
        Optional<CauseRecords> cause = explanation.causes().stream()
                .filter(it -> it.cause().equals(step.cause()))
                .findFirst();
        if (cause.isEmpty()) {
            return;
        }
        cause.get().first().forEach(this::record);
        long left = cause.get().records() - cause.get().first().size();
        if (left > 0) {
            lines.add("      and %s more; --records shows them".formatted(ValueText.records(left)));
        }
    }

    private void record(RecordLine record) {
        lines.add("      %s  event %s%s%s"
                .formatted(
                        record.at(),
                        record.event(),
                        record.arrival()
                                .map(it -> ", arrived %s (%s after it)"
                                        .formatted(
                                                it,
                                                ValueText.duration(
                                                        record.lateness().orElseThrow())))
                                .orElse(""),
                        record.watermark()
                                .map(it -> ", micro-batch %d with watermark %s".formatted(record.microBatch(), it))
                                .orElse(", micro-batch %d".formatted(record.microBatch()))));
        lines.add("          stream  " + record.stream());
        lines.add("          batch   " + record.batch());
        if (!record.arguments().isEmpty()) {
            lines.add("          counts  " + ValueText.key(record.arguments()));
        }
        lines.add("          " + record.raw());
    }

    private void hints(Explanation explanation) {
        Function<CauseRecords, String> told = cause -> "  %-16s%s".formatted(cause.cause(), cause.hint());
        if (!explanation.causes().isEmpty()) {
            lines.add("");
            lines.add("what would change it");
            explanation.causes().stream().map(told).forEach(lines::add);
        }
    }
}
