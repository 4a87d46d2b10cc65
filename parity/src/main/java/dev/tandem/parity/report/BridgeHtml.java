package dev.tandem.parity.report;

import dev.tandem.model.Mode;
import dev.tandem.parity.explain.Explanation;
import dev.tandem.parity.explain.Explanation.Bridge;
import dev.tandem.parity.explain.Explanation.CauseRecords;
import dev.tandem.parity.explain.Explanation.RecordLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One explained row as a page shows it: a bridge for each measure, and the records behind each cause. */
final class BridgeHtml {
    /** Half of a bar's width: it grows from the middle to the left or to the right. */
    private static final BigDecimal HALF = BigDecimal.valueOf(50);

    private BridgeHtml() {}

    static Html of(Explanation explanation) {
        var parts = new ArrayList<Html>();
        parts.add(Html.of(
                "<p class=\"note\">{} {} · {} {}{}</p>",
                Blocks.mode(Mode.STREAM),
                stood(explanation.stream()),
                Blocks.mode(Mode.BATCH),
                stood(explanation.batch()),
                explanation.closed() ? "" : " · the window is open: the stream may still change this row"));
        explanation.measures().forEach(it -> parts.add(bridge(it)));
        explanation.causes().forEach(it -> parts.add(records(it)));
        return Html.of("<div class=\"bridge\">{}</div>", Html.joined(parts));
    }

    private static String stood(Explanation.Mode mode) {
        return "micro-batch %s, watermark %s"
                .formatted(
                        Figures.grouped(mode.microBatch()),
                        mode.watermark().map(Figures::moment).orElse("none"));
    }

    private static Html bridge(Bridge bridge) {
        var largest = bridge.steps().stream()
                .flatMap(it -> it.amount().stream())
                .map(BigDecimal::abs)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        var table = Table.named("Bridge of " + bridge.measure())
                .text(bridge.measure())
                .number("Changes by")
                .text("")
                .number("Then")
                .number("Records");
        table.row(Blocks.mode(Mode.STREAM), "", "", value(bridge.stream()), "");
        for (var step : bridge.steps()) {
            table.row(
                    Html.of("<code>{}</code>", step.cause()),
                    step.amount().map(BridgeHtml::signed).orElse(""),
                    step.amount().map(it -> bar(it, largest)).orElse(Html.EMPTY),
                    value(step.to()),
                    step.records() == 0 ? "" : Figures.grouped(step.records()));
        }
        table.row("unexplained", left(bridge), "", "", "");
        table.row(Blocks.mode(Mode.BATCH), "", "", value(bridge.batch()), "");
        var order = bridge.additive() || bridge.steps().size() < 2
                ? Html.EMPTY
                : Html.of(
                        "<p class=\"note\">Each cause is put in after those above it; in another order the amounts would differ.</p>");
        return Html.joined(List.of(table.html(), order));
    }

    private static Html left(Bridge bridge) {
        return bridge.complete() ? Html.of("0") : Blocks.status(WindowStatus.UNEXPLAINED, signed(bridge.unexplained()));
    }

    private static String signed(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : Figures.signed(amount.stripTrailingZeros());
    }

    private static Object value(Optional<String> value) {
        return value.<Object>map(it -> NumberText.read(it).isPresent()
                        ? Figures.measure(it)
                        : Html.of("<bdi>{}</bdi>", Figures.shortened(it, 60)))
                .orElse(Html.of("<span class=\"missing\">no row</span>"));
    }

    private static Html bar(BigDecimal amount, BigDecimal largest) {
        if (amount.signum() == 0) {
            return Html.EMPTY;
        }
        var width = amount.abs()
                .multiply(HALF)
                .divide(largest, MathContext.DECIMAL32)
                .max(BigDecimal.ONE)
                .doubleValue();
        double from = amount.signum() < 0 ? 50 - width : 50;
        return Html.of(
                "<svg class=\"step {}\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect x=\"0\" y=\"0\" width=\"100\" height=\"8\" class=\"ground\"/><rect x=\"{}\" y=\"0\" width=\"{}\" height=\"8\" class=\"amount\"/></svg>",
                amount.signum() < 0 ? "less" : "more",
                Figures.decimals(from, 2),
                Figures.decimals(width, 2));
    }

    private static Html records(CauseRecords cause) {
        var table = Table.named("Records behind " + cause.cause())
                .text("Record")
                .text("Event")
                .text("Arrived")
                .text("Micro-batch")
                .text("Stream")
                .text("Batch")
                .text("Bytes")
                .stacking();
        cause.first()
                .forEach(it -> table.row(
                        Html.of("<code>{}</code>", it.at()),
                        Figures.moment(it.event()),
                        arrived(it),
                        Figures.grouped(it.microBatch()),
                        it.stream(),
                        it.batch(),
                        Html.of("<code><bdi>{}</bdi></code>", Figures.shortened(it.raw(), 200))));
        var more = cause.first().size() < cause.records()
                ? "%d of %s".formatted(cause.first().size(), Figures.count(cause.records(), "record"))
                : Figures.count(cause.records(), "record");
        return Html.of("<h4><code>{}</code>: {}, {}</h4>{}", cause.cause(), more, cause.meaning(), table.html());
    }

    private static String arrived(RecordLine record) {
        return record.arrival()
                .map(it -> "%s%s"
                        .formatted(
                                Figures.moment(it),
                                record.lateness().map(BridgeHtml::after).orElse("")))
                .orElse(Figures.NONE);
    }

    private static String after(Duration lateness) {
        return lateness.isNegative()
                ? ", before its event time"
                : ", %s after its event".formatted(Figures.lasting(lateness));
    }
}
