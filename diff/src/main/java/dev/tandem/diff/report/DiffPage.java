package dev.tandem.diff.report;

import dev.tandem.diff.table.Result;
import dev.tandem.diff.table.Result.Row;
import dev.tandem.diff.table.Result.SideFacts;
import dev.tandem.parity.report.Html;
import dev.tandem.parity.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The answer as a page. */
final class DiffPage {
    private final Answer answer;
    private final Result result;

    private DiffPage(Answer answer) {
        this.answer = answer;
        this.result = answer.result();
    }

    static String of(Answer answer) {
        return new DiffPage(answer).page();
    }

    private String page() {
        var verdict = answer.verdict();
        return PageFrame.of(
                new PageFrame.Head(
                        ground(verdict),
                        result.name(),
                        "%s against %s"
                                .formatted(result.left().shown(), result.right().shown()),
                        verdict.icon(),
                        DiffText.words(verdict),
                        List.of(
                                answer.sentence(),
                                answer.explanation().sentence(),
                                answer.again().map(again -> again.sentence()).orElse(""))),
                Html.of(
                        "<a href=\"#columns\">How much</a>{}<a href=\"#sides\">Sides</a>",
                        result.agree()
                                ? Html.EMPTY
                                : new Html("<a href=\"#slices\">Where</a><a href=\"#rows\">Rows</a>")),
                Html.joined(List.of(tiles(), patterns(), columns(), slices(), rows(), sides())),
                Html.of(
                        "Made by Tandem, {}. For programs: <a href=\"report.json\">report.json</a>, <a href=\"differences.csv\">differences.csv</a>, <a href=\"junit.xml\">junit.xml</a>.",
                        Moments.second(result.right().until())));
    }

    private static String ground(Answer.Verdict verdict) {
        return switch (verdict) {
            case AGREE -> "agree";
            case WITHIN_TOLERANCE -> "within_tolerance";
            case DIFFER -> "unexplained";
            case MOVING, NOTHING -> "open";
        };
    }

    private Html tiles() {
        var counts = result.counts();
        return PageFrame.tiles(
                "Rows",
                List.of(
                        PageFrame.tile(
                                "Rows on both sides",
                                counts.both(),
                                "%,d equal".formatted(counts.equal() + counts.tolerated())),
                        PageFrame.tile(
                                "Changed", counts.changed(), "%,d more within tolerance".formatted(counts.tolerated())),
                        PageFrame.tile(
                                "Only in LEFT",
                                counts.onlyLeft(),
                                "of %,d rows".formatted(result.left().rows())),
                        PageFrame.tile(
                                "Only in RIGHT",
                                counts.onlyRight(),
                                "of %,d rows".formatted(result.right().rows())),
                        PageFrame.tile(
                                "Without a pattern",
                                answer.explanation().remaining(),
                                "of %,d differing rows".formatted(counts.differing()))));
    }

    /** What was applied, one after the other, and what was left each time. */
    private Html patterns() {
        var steps = answer.explanation().steps();
        if (steps.isEmpty()) {
            return Html.EMPTY;
        }
        var table = Table.named("Patterns")
                .text("Pattern")
                .text("Rows become equal if")
                .number("Still differ");
        steps.forEach(step -> table.row(step.pattern().meaning(), step.change(), "%,d".formatted(step.remaining())));
        return PageFrame.section(
                "patterns",
                "Why do they differ?",
                "Each change was applied to all rows after those above it; the rows that still differ were counted.",
                table.html());
    }

    private Html columns() {
        var table = Table.named("Columns")
                .text("Column")
                .text("Compared as")
                .text("Tolerance")
                .number("Differ")
                .text("RIGHT − LEFT")
                .text("Most often")
                .number("Sum LEFT")
                .number("Sum RIGHT");
        result.values()
                .forEach(facts -> table.row(
                        facts.column().name(),
                        facts.column().type().sql(),
                        facts.column().tolerance().map(it -> it.shown()).orElse("–"),
                        "%,d".formatted(facts.differing()),
                        facts.spread()
                                .map(it -> "%s … %s, median %s".formatted(it.least(), it.most(), it.median()))
                                .orElse("–"),
                        facts.usual().stream()
                                .map(it -> "%s (%,d)".formatted(it.difference(), it.rows()))
                                .collect(Collectors.joining("; ")),
                        facts.leftSum().orElse("–"),
                        facts.rightSum().orElse("–")));
        return PageFrame.section(
                "columns", "How much do they differ?", "Of the rows that both sides have.", table.html());
    }

    private Html slices() {
        if (result.agree()) {
            return Html.EMPTY;
        }
        var parts = new ArrayList<Html>();
        for (var slices : result.slices()) {
            var table = Table.named(slices.column())
                    .text(slices.column() + " by " + slices.by())
                    .number("Rows")
                    .number("Changed")
                    .number("Only LEFT")
                    .number("Only RIGHT")
                    .number("Share");
            slices.slices()
                    .forEach(slice -> table.row(
                            slice.label(),
                            "%,d".formatted(slice.rows()),
                            "%,d".formatted(slice.changed()),
                            "%,d".formatted(slice.onlyLeft()),
                            "%,d".formatted(slice.onlyRight()),
                            "%.1f %%".formatted(slice.rows() == 0 ? 0.0 : 100.0 * slice.differing() / slice.rows())));
            parts.add(table.html());
        }
        return PageFrame.section(
                "slices", "Where do they differ?", "Differing rows in time and by key.", Html.joined(parts));
    }

    private Html rows() {
        if (result.agree()) {
            return Html.EMPTY;
        }
        var parts = new ArrayList<Html>();
        parts.add(rows("Changed, the worst first", result.samples().changed()));
        parts.add(rows("Only in LEFT", result.samples().onlyLeft()));
        parts.add(rows("Only in RIGHT", result.samples().onlyRight()));
        return PageFrame.section(
                "rows", "Which rows?", "Some of each kind; all of them are in differences.csv.", Html.joined(parts));
    }

    private Html rows(String heading, List<Row> rows) {
        if (rows.isEmpty()) {
            return Html.EMPTY;
        }
        var table = Table.named(heading).text("Key").text("Column").text("LEFT").text("RIGHT");
        for (var row : rows) {
            var key = IntStream.range(0, row.key().size())
                    .mapToObj(index -> result.columns().keys().get(index).name() + " "
                            + DiffText.shown(row.key().get(index)))
                    .collect(Collectors.joining(" · "));
            row.cells()
                    .forEach(cell ->
                            table.row(key, cell.column(), DiffText.shown(cell.left()), DiffText.shown(cell.right())));
        }
        return Html.of("<div class=\"panel\"><h3>{}</h3>{}</div>", heading, table.html());
    }

    private Html sides() {
        var table = Table.named("Sides")
                .text("Side")
                .text("Source")
                .number("Rows")
                .number("Duplicates")
                .number("Null keys")
                .text("Read")
                .text("Consistency");
        side(table, "LEFT", result.left());
        side(table, "RIGHT", result.right());
        var notes = result.columns().notes().stream()
                .map(note -> Html.of("<p class=\"note\">{}</p>", note))
                .toList();
        return PageFrame.section(
                "sides",
                "What was compared?",
                "Key: %s. Columns that only LEFT has: %s; only RIGHT: %s."
                        .formatted(
                                result.columns().keys().stream()
                                        .map(it -> it.name())
                                        .collect(Collectors.joining(", ")),
                                listed(result.columns().onlyLeft()),
                                listed(result.columns().onlyRight())),
                Html.joined(List.of(table.html(), Html.joined(notes))));
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static void side(Table table, String word, SideFacts side) {
        table.row(
                word,
                side.shown(),
                "%,d".formatted(side.rows()),
                "%,d".formatted(side.copies()),
                "%,d".formatted(side.nullKeys()),
                "%s to %s".formatted(Moments.second(side.from()), Moments.second(side.until())),
                side.consistency());
    }
}
