package dev.tandem.parity.report;

import dev.tandem.parity.Cause;
import dev.tandem.parity.DifferingRow;
import dev.tandem.parity.DifferingRows;
import dev.tandem.parity.Report;
import dev.tandem.parity.explain.Bridges;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows that differ, a line for each with its measures side by side; opened, a line tells why. */
final class RowSection {
    /** How many rows are shown at once. */
    private static final int OPEN = 8;

    private static final Html NULL = Html.of("<span class=\"missing\">null</span>");
    private static final Html NO_ROW = Html.of("<span class=\"missing\">no row</span>");

    private final Report report;
    private final Bridges bridges;
    private final DifferingRows.Worst worst;

    RowSection(Report report, Bridges bridges) {
        this.report = report;
        this.bridges = bridges;
        this.worst = DifferingRows.worst(report.differences(), ReportWriter.WORST);
    }

    Html differences() {
        if (worst.total() == 0) {
            return Blocks.section(
                    "differences", "Differences", "One line for each row that differs.", CauseSection.nothing(report));
        }
        var rows = new ArrayList<Html>();
        for (int index = 0; index < worst.rows().size(); index++) {
            rows.add(row(index + 1, worst.rows().get(index)));
        }
        int open = Math.min(OPEN, rows.size());
        var rest = rows.size() == open
                ? Html.EMPTY
                : Blocks.more(
                        "%d more rows".formatted(rows.size() - open),
                        List.of(Html.of(
                                "<ol class=\"rows\" start=\"{}\">{}</ol>",
                                open + 1,
                                Html.joined(rows.subList(open, rows.size())))));
        return Blocks.section(
                "differences",
                "Differences",
                lead(),
                Html.of(
                        "<div class=\"panel\"><ol class=\"rows\">{}</ol>{}<p class=\"files\">Complete: <a href=\"differences.csv\">differences.csv</a></p></div>",
                        Html.joined(rows.subList(0, open)),
                        rest));
    }

    private String lead() {
        var what = worst.whole()
                ? "All %s that differ, the worst first.".formatted(Figures.count(worst.total(), "row"))
                : "%d of %s that differ: the %d worst by percent, then the %d largest by amount among the others."
                        .formatted(
                                worst.rows().size(),
                                Figures.count(worst.total(), "row"),
                                worst.byPercent(),
                                worst.rows().size() - worst.byPercent());
        return what + " Differences are batch − stream. Open a row to see why.";
    }

    private Html row(int number, DifferingRow row) {
        return Html.of(
                "<li id=\"row-{}\"><details><summary><span class=\"what\"><strong>{}</strong> <span class=\"missing\">{} · {}</span></span><span class=\"cells\">{}</span><span class=\"because\">{}</span></summary>{}</details></li>",
                number,
                Blocks.foreign(Figures.key(row.key())),
                row.view(),
                Blocks.window(row.start(), row.end()),
                Html.joined(cells(row)),
                because(row),
                why(row));
    }

    /** A mode that has no value at all has no such row; a single missing value is null. */
    private static List<Html> cells(DifferingRow row) {
        boolean streamed = row.cells().stream().anyMatch(it -> it.stream().isPresent());
        boolean batched = row.cells().stream().anyMatch(it -> it.batch().isPresent());
        var missing = new Missing(streamed ? NULL : NO_ROW, batched ? NULL : NO_ROW);
        return row.cells().stream().map(it -> cell(it, missing)).toList();
    }

    /** What stands for a value that a mode has not. */
    private record Missing(Html inStream, Html inBatch) {}

    private static Html cell(DifferingRow.Cell cell, Missing missing) {
        var numbers = new Numbers(
                cell.stream().flatMap(NumberText::read), cell.batch().flatMap(NumberText::read));
        return Html.of(
                "<span class=\"both\"><span class=\"name\">{}</span> <span class=\"mode stream\"><span aria-hidden=\"true\">●</span></span> {} <span class=\"mode batch\"><span aria-hidden=\"true\">□</span></span> {} <span class=\"apart\">{}</span></span>",
                cell.measure(),
                value(cell.stream(), numbers).orElse(missing.inStream()),
                value(cell.batch(), numbers).orElse(missing.inBatch()),
                apart(cell, numbers));
    }

    /** Both values where they are numbers, written with as many decimals as tell them apart. */
    private record Numbers(Optional<BigDecimal> stream, Optional<BigDecimal> batch) {
        int decimals() {
            return Figures.decimalsThatDiffer(stream.orElse(BigDecimal.ZERO), batch.orElse(BigDecimal.ZERO));
        }
    }

    private static String apart(DifferingRow.Cell cell, Numbers numbers) {
        var amount =
                cell.difference().map(it -> (it.signum() > 0 ? "+" : "") + Figures.grouped(it, numbers.decimals()));
        // A difference's percentage is told without a sign; here it has that of the difference.
        int sign = cell.difference().map(BigDecimal::signum).orElse(0);
        var percent = cell.percent()
                .map(BigDecimal::abs)
                .map(it -> (sign > 0 ? "+" : "") + Figures.percent(sign < 0 ? it.negate() : it));
        return amount.isEmpty()
                ? ""
                : "(%s%s)".formatted(amount.get(), percent.map(", "::concat).orElse(""));
    }

    /** The whole number shows where a pointer rests on it. */
    private static Optional<Html> value(Optional<String> value, Numbers numbers) {
        return value.map(text -> NumberText.read(text)
                .map(it -> Html.of("<span title=\"{}\">{}</span>", text, Figures.grouped(it, numbers.decimals())))
                .orElseGet(() -> Html.of("<bdi class=\"long\">{}</bdi>", Figures.shortened(text, 40))));
    }

    private static String because(DifferingRow row) {
        return row.causes().isEmpty() ? Cause.UNEXPLAINED.code() : told(row.causes());
    }

    private static String told(Map<String, Long> causes) {
        return causes.entrySet().stream()
                .map(cause -> cause.getKey() + " × " + Figures.grouped(cause.getValue()))
                .collect(Collectors.joining(", "));
    }

    private Html why(DifferingRow row) {
        var explained = bridges.of(row);
        if (explained.isEmpty()) {
            return Html.of(
                    "<div class=\"bridge\">{}<p class=\"note\">Why, record by record: <code>{}</code></p></div>",
                    CauseSection.records(row.records()),
                    command(row));
        }
        return Html.joined(explained.stream().map(BridgeHtml::of).toList());
    }

    /** What explains the row alone. */
    private String command(DifferingRow row) {
        var words =
                new ArrayList<>(List.of("./tandem", "explain", report.subject().pipeline(), row.view()));
        row.key().forEach((name, value) -> words.add(quoted(name + "=" + value)));
        row.start().ifPresent(start -> words.addAll(List.of("--window", start.toString())));
        return Figures.shortened(String.join(" ", words), 300);
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_=.:-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
