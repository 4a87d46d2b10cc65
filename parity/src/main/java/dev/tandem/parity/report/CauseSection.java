package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Why the modes differ: each cause with its hint and the records behind it. */
final class CauseSection {
    private static final int MOST_EXAMPLES = 8;
    private static final int MOST_RECORDS = 12;

    private final Report report;
    private final Map<String, Behind> behind = new HashMap<>();

    /** How many differences have a cause whose records are known, and the worst of them. */
    private static final class Behind {
        private final List<Report.Difference> worst = new ArrayList<>();
        private long count;

        void add(Report.Difference difference) {
            count++;
            if (worst.size() < MOST_EXAMPLES) {
                worst.add(difference);
            }
        }
    }

    CauseSection(Report report) {
        this.report = report;
        for (var difference : report.differences()) {
            if (!difference.records().isEmpty()) {
                difference
                        .causes()
                        .keySet()
                        .forEach(code -> behind.computeIfAbsent(code, key -> new Behind())
                                .add(difference));
            }
        }
    }

    Html why() {
        if (report.causes().isEmpty()) {
            return Blocks.section(
                    "why",
                    "Why?",
                    "Each difference is put down to the records behind it.",
                    Html.of(
                            "{}{}",
                            nothing(report),
                            CommonSection.of(report.refusals().common())));
        }
        var table = Table.named("Causes")
                .text("Cause")
                .text("What happened")
                .number("Records")
                .number("Rows touched")
                .text("What would change it")
                .stacking();
        report.causes()
                .forEach((cause, count) -> table.row(
                        Html.of("<code>{}</code>", cause.code()),
                        count.meaning(),
                        Figures.grouped(count.records()),
                        Figures.grouped(count.rows()),
                        count.hint()));
        var examples = report.causes().keySet().stream()
                .map(cause -> examples(cause.code()))
                .toList();
        return Blocks.section(
                "why",
                "Why?",
                "Each difference is put down to the records behind it. A record stands in its log at partition-offset.",
                Html.of(
                        "<div class=\"panel\">{}{}{}</div>{}",
                        table.html(),
                        price(),
                        Html.joined(examples),
                        CommonSection.of(report.refusals().common())));
    }

    /** How to learn what the delay costs that would have kept all late records. */
    private Html price() {
        var missedBy = report.tradeOff().missedBy();
        return missedBy.isEmpty()
                ? Html.EMPTY
                : Html.of(
                        "<p>What a delay that keeps them all would cost, counted again from the landed log: <code>./tandem explain {} --try delay=+{}s</code></p>",
                        report.subject().pipeline(),
                        missedBy.lastKey());
    }

    private Html examples(String code) {
        var having = behind.get(code);
        if (having == null) {
            return Html.EMPTY;
        }
        var items = having.worst.stream()
                .map(difference -> Html.of(
                        "<li>{}, {}, {} <span class=\"records\">{}</span></li>",
                        difference.view() + "." + difference.measure(),
                        Blocks.foreign(Figures.key(difference.key())),
                        Figures.window(difference.start(), difference.end()),
                        records(difference.records())))
                .toList();
        return Html.of(
                "<details><summary>Records behind <code>{}</code>, in {}</summary><ul class=\"examples\">{}</ul></details>",
                code,
                having.count > MOST_EXAMPLES
                        ? "the worst %d of %s".formatted(MOST_EXAMPLES, Figures.count(having.count, "difference"))
                        : Figures.count(having.count, "difference"),
                Html.joined(items));
    }

    static Html records(List<String> records) {
        var shown = records.stream()
                .limit(MOST_RECORDS)
                .map(record -> Html.of("<code>{}</code>", Figures.shortened(record, 60)))
                .toList();
        var left = records.size() - MOST_RECORDS;
        return left <= 0 ? Html.joined(shown) : Html.of("{} and {} more", Html.joined(shown), Figures.grouped(left));
    }

    /** What stands where no row differs. */
    static Html nothing(Report report) {
        return report.verdict() == Verdict.PENDING
                ? Blocks.empty(WindowStatus.OPEN, "Nothing was compared yet", "No window is final in both modes.")
                : Blocks.empty(
                        WindowStatus.AGREE,
                        "Every number agrees: nothing to list",
                        "%s compared, none differs."
                                .formatted(Figures.count(
                                        report.agreement().accuracy().comparedRows(), "row")));
    }
}
