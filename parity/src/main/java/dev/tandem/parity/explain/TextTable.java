package dev.tandem.parity.explain;

import java.util.ArrayList;
import java.util.List;

/** Lines of a table with as wide columns as they need. */
final class TextTable {
    private static final int WIDEST = 48;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> heading) {
        rows.add(heading);
    }

    /** As many cells as the heading has. */
    void add(List<String> cells) {
        rows.add(cells);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                var cell = cut(row.get(column));
                line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> cut(row.get(column)).length())
                .max()
                .orElse(0);
    }

    private static String cut(String cell) {
        return cell.length() <= WIDEST ? cell : cell.substring(0, WIDEST - 1) + "…";
    }
}
