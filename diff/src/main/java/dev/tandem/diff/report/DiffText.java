package dev.tandem.diff.report;

import dev.tandem.diff.table.Column;
import dev.tandem.diff.table.Result;
import dev.tandem.diff.table.Result.ColumnFacts;
import dev.tandem.diff.table.Result.Row;
import dev.tandem.diff.table.Result.SideFacts;
import dev.tandem.diff.table.Result.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The answer as a person reads it in a terminal. */
public final class DiffText {
    private static final int SLICES = 8;
    private static final int LABEL = 12;

    private final Answer answer;
    private final Result result;
    private final List<String> lines = new ArrayList<>();

    private DiffText(Answer answer) {
        this.answer = answer;
        this.result = answer.result();
    }

    public static String of(Answer answer) {
        return new DiffText(answer).text();
    }

    private String text() {
        var verdict = answer.verdict();
        lines.add("%s %s  %s".formatted(verdict.icon(), words(verdict), result.name()));
        lines.add("  " + answer.sentence());
        if (!answer.explanation().sentence().isEmpty()) {
            lines.add("  " + answer.explanation().sentence());
        }
        answer.again().ifPresent(again -> lines.add("  " + again.sentence()));
        lines.add("");
        sides();
        result.values().forEach(this::column);
        result.slices().forEach(this::slices);
        rows("changed", result.samples().changed());
        rows("only left", result.samples().onlyLeft());
        rows("only right", result.samples().onlyRight());
        return String.join("\n", lines) + "\n";
    }

    static String words(Answer.Verdict verdict) {
        return verdict.word().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    private void line(String label, String text) {
        lines.add("  %s%s".formatted(padded(label, LABEL), text));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private void sides() {
        line("LEFT", side(result.left()));
        line("RIGHT", side(result.right()));
        var columns = result.columns();
        line("key", names(columns.keys()));
        line("compared", columns.values().isEmpty() ? "no other column: only keys" : names(columns.values()));
        if (!columns.onlyLeft().isEmpty() || !columns.onlyRight().isEmpty()) {
            line(
                    "not in both",
                    "LEFT: %s; RIGHT: %s".formatted(listed(columns.onlyLeft()), listed(columns.onlyRight())));
        }
        columns.notes().forEach(note -> line("note", note));
        finding("LEFT", result.left());
        finding("RIGHT", result.right());
    }

    private static String side(SideFacts side) {
        return "%s: %,d rows, read %s to %s, %s"
                .formatted(
                        side.shown(),
                        side.rows(),
                        Moments.second(side.from()),
                        Moments.second(side.until()),
                        side.consistency());
    }

    private void finding(String word, SideFacts side) {
        if (side.copies() > 0) {
            line(
                    "duplicates",
                    "%s has %,d more rows than keys; rows of one key were paired in the order of their values"
                            .formatted(word, side.copies()));
        }
        if (side.nullKeys() > 0) {
            line(
                    "null keys",
                    "%s has %,d rows with a null in the key; a null was paired with a null"
                            .formatted(word, side.nullKeys()));
        }
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private void column(ColumnFacts facts) {
        var parts = new ArrayList<String>();
        parts.add(
                "%,d of %,d differ".formatted(facts.differing(), result.counts().both()));
        if (facts.tolerated() > 0) {
            parts.add("%,d more within %s"
                    .formatted(
                            facts.tolerated(),
                            facts.column().tolerance().orElseThrow().shown()));
        }
        facts.spread()
                .ifPresent(spread -> parts.add("RIGHT − LEFT %s … %s%s, median %s"
                        .formatted(
                                spread.least(),
                                spread.most(),
                                facts.column().type().temporal() ? " s" : "",
                                spread.median())));
        if (!facts.usual().isEmpty()) {
            parts.add("most often "
                    + facts.usual().stream()
                            .map(usual -> "%s (%,d)".formatted(usual.difference(), usual.rows()))
                            .collect(Collectors.joining(", ")));
        }
        if (facts.leftSum().isPresent()
                && facts.rightSum().isPresent()
                && !facts.leftSum().equals(facts.rightSum())) {
            parts.add("sums %s and %s"
                    .formatted(facts.leftSum().get(), facts.rightSum().get()));
        }
        line(facts.column().name(), String.join("; ", parts));
    }

    private void slices(Slices slices) {
        lines.add("");
        lines.add("  by %s (%s)".formatted(slices.column(), slices.by()));
        var table = new ArrayList<List<String>>();
        table.add(List.of("", "rows", "changed", "only left", "only right"));
        slices.slices().stream()
                .limit(SLICES)
                .forEach(slice -> table.add(List.of(
                        slice.label(),
                        "%,d".formatted(slice.rows()),
                        "%,d".formatted(slice.changed()),
                        "%,d".formatted(slice.onlyLeft()),
                        "%,d".formatted(slice.onlyRight()))));
        table(table);
        if (slices.slices().size() > SLICES) {
            lines.add("    … %d more in the report".formatted(slices.slices().size() - SLICES));
        }
    }

    private void rows(String kind, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  " + kind + (kind.equals("changed") ? ", the worst first" : ""));
        for (var row : rows) {
            lines.add("    %s  %s"
                    .formatted(
                            key(row),
                            row.cells().stream().map(cell -> cell(kind, cell)).collect(Collectors.joining(", "))));
        }
    }

    private String key(Row row) {
        return IntStream.range(0, row.key().size())
                .mapToObj(index -> result.columns().keys().get(index).name() + "="
                        + shown(row.key().get(index)))
                .collect(Collectors.joining(" "));
    }

    private static String cell(String kind, Result.Cell cell) {
        return switch (kind) {
            case "only left" -> cell.column() + " " + shown(cell.left());
            case "only right" -> cell.column() + " " + shown(cell.right());
            default -> "%s %s → %s".formatted(cell.column(), shown(cell.left()), shown(cell.right()));
        };
    }

    static String shown(Optional<String> value) {
        return value.map(text -> text.isEmpty() ? "''" : text.replaceAll("\\p{Cntrl}", "�"))
                .orElse("null");
    }

    private void table(List<List<String>> table) {
        var widths = IntStream.range(0, table.get(0).size())
                .map(at -> table.stream()
                        .mapToInt(row -> row.get(at).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (var row : table) {
            var line = new StringBuilder("    ").append(padded(row.get(0), widths[0] + 1));
            for (int at = 1; at < row.size(); at++) {
                line.append(" ".repeat(widths[at] - row.get(at).length() + 2)).append(row.get(at));
            }
            lines.add(line.toString());
        }
    }
}
