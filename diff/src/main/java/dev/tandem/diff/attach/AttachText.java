package dev.tandem.diff.attach;

import dev.tandem.diff.attach.AttachAnswer.SideAnswer;
import dev.tandem.diff.attach.AttachAnswer.ViewAnswer;
import dev.tandem.diff.attach.RowAnswer.CauseRecords;
import dev.tandem.diff.attach.RowAnswer.RecordLine;
import dev.tandem.diff.attach.RowAnswer.SideRow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer as plain text for a terminal, without colour. */
public final class AttachText {
    private static final String NO_ROW = "no row";

    private final AttachAnswer answer;
    private final List<String> lines = new ArrayList<>();

    private AttachText(AttachAnswer answer) {
        this.answer = answer;
    }

    /** Lines end in a line feed, the last one too; {@code page} is the file with the same answer as a page. */
    public static String of(AttachAnswer answer, Path page) {
        var text = new AttachText(answer);
        text.head();
        answer.views().forEach(text::view);
        text.lines.add("");
        text.lines.add("differences  " + answer.differences());
        text.lines.add("report       " + page);
        return String.join("\n", text.lines) + "\n";
    }

    private void head() {
        lines.add((answer.agrees() ? "✔ AGREE" : "✖ DIFFER") + "  " + answer.pipeline());
        lines.add("  log         %s: %,d records%s"
                .formatted(
                        answer.log(),
                        answer.records(),
                        answer.rejected() == 0
                                ? ""
                                : ", and %,d that the definition refuses".formatted(answer.rejected())));
    }

    private void view(ViewAnswer view) {
        lines.add("");
        lines.add("%s: %,d rows in the log".formatted(view.view(), view.rows()));
        view.stream().ifPresent(side -> side("stream", side));
        view.batch().ifPresent(side -> side("batch", side));
        view.worst().forEach(row -> row(view, row));
    }

    private void side(String word, SideAnswer side) {
        var counts = side.counts();
        lines.add("");
        lines.add("  %-12s  %s: %,d rows, %s".formatted(word, side.shown(), counts.rows(), told(side)));
        if (!side.missing().isEmpty()) {
            lines.add("  %-12s  %s: the table has no such column"
                    .formatted("not there", String.join(", ", side.missing())));
        }
        side.inference()
                .ifPresentOrElse(
                        this::inference,
                        () -> lines.add("  %-12s  %s"
                                .formatted(
                                        "inferred", "nothing: no behaviour that was tried gives half of the table")));
        places(side);
    }

    private void inference(Inference inference) {
        var words = new InferenceWords(inference);
        lines.add("  %-12s  %s".formatted(inference.complete() ? "inferred" : "nearest", words.behaviour()));
        lines.add("  %-12s  %s".formatted("", words.share()));
        words.alternatives().forEach(it -> lines.add("  %-12s  %s".formatted("also fits", it)));
    }

    private static String told(SideAnswer side) {
        var counts = side.counts();
        if (side.agrees()) {
            return "all as the log gives them";
        }
        return "%,d not as the log gives them: %,d changed, %,d missing, %,d too many"
                .formatted(counts.differing(), counts.changed(), counts.absent(), counts.extra());
    }

    private void places(SideAnswer side) {
        var columns = side.places().stream()
                .map(AttachAnswer.Place::column)
                .distinct()
                .toList();
        for (var column : columns) {
            lines.add("  %-12s  %s"
                    .formatted(
                            "by " + column,
                            side.places().stream()
                                    .filter(it -> it.column().equals(column))
                                    .map(it -> "%s %,d".formatted(it.value(), it.differing()))
                                    .collect(Collectors.joining(", "))));
        }
    }

    private void row(ViewAnswer view, RowAnswer row) {
        lines.add("");
        lines.add("  %s%s%s"
                .formatted(
                        view.view(),
                        row.start()
                                .map(it -> " · %s to %s".formatted(it, row.end().orElse(it)))
                                .orElse(""),
                        row.key().isEmpty() ? "" : " · " + key(row.key())));
        row.stream().ifPresent(side -> side("stream", side));
        row.batch().ifPresent(side -> side("batch", side));
    }

    private void side(String word, SideRow side) {
        var told = new ArrayList<Bridge.Cause>();
        for (var bridge : side.measures()) {
            lines.add("    %s: %s in the %s, %s in the log"
                    .formatted(bridge.measure(), value(bridge.stored()), word, value(bridge.log())));
            for (var step : bridge.steps()) {
                lines.add("      %-12s %s%s"
                        .formatted(
                                step.cause().code(),
                                step.amount().map(AttachText::amount).orElseGet(() -> "→ " + value(step.to())),
                                step.records() > 0
                                        ? "  %s: %s"
                                                .formatted(
                                                        records(step.records()),
                                                        step.cause().meaning())
                                        : "  " + step.cause().meaning()));
                if (!told.contains(step.cause())) {
                    told.add(step.cause());
                    side.causes().stream()
                            .filter(it -> it.cause() == step.cause())
                            .forEach(this::records);
                }
            }
        }
    }

    private void records(CauseRecords cause) {
        cause.first().forEach(this::record);
        long left = cause.records() - cause.first().size();
        if (left > 0) {
            lines.add("        and %s more; --records shows them".formatted(records(left)));
        }
    }

    private void record(RecordLine record) {
        lines.add("        %s  event %s%s%s%s"
                .formatted(
                        record.place().orElse(record.at().toString()),
                        record.event(),
                        record.arrived().map(it -> ", arrived " + it).orElse(""),
                        record.watermark().map(it -> ", watermark " + it).orElse(""),
                        record.copyOf()
                                .map(it ->
                                        ", %sa copy of %s".formatted(record.counted() ? "counted again as " : "", it))
                                .orElse("")));
        if (!record.arguments().isEmpty()) {
            lines.add("             counts " + key(record.arguments()));
        }
    }

    static String key(Map<String, String> key) {
        return key.entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue().replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining(" "));
    }

    static String value(Optional<String> value) {
        return value.map(it -> it.replaceAll("\\p{Cntrl}", " ")).orElse(NO_ROW);
    }

    static String amount(BigDecimal amount) {
        var plain = amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
        return amount.signum() > 0 ? "+" + plain : plain;
    }

    static String records(long count) {
        return count == 1 ? "1 record" : "%,d records".formatted(count);
    }
}
