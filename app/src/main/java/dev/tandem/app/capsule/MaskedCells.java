package dev.tandem.app.capsule;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Replaces cells of a CSV record and leaves every other byte as it is. */
record MaskedCells(char delimiter) {
    byte[] replaced(byte[] record, List<Integer> columns, UnaryOperator<String> by) {
        var text = new String(record, StandardCharsets.UTF_8);
        var masked = new StringBuilder();
        int start = 0;
        for (int column = 0; ; column++) {
            int end = end(text, start);
            var cell = text.substring(start, end);
            masked.append(columns.contains(column) ? cell(cell, by) : cell);
            if (end == text.length() || text.charAt(end) != delimiter) {
                return masked.append(text, end, text.length()).toString().getBytes(StandardCharsets.UTF_8);
            }
            masked.append(delimiter);
            start = end + 1;
        }
    }

    /** The place behind the cell that begins at {@code start}. */
    private int end(String text, int start) {
        int at = start;
        boolean quoted = false;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && (letter == delimiter || letter == '\n' || letter == '\r')) {
                return at;
            }
            at++;
        }
        return at;
    }

    private static String cell(String cell, UnaryOperator<String> by) {
        boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
        return quoted
                ? '"'
                        + by.apply(cell.substring(1, cell.length() - 1).replace("\"\"", "\""))
                                .replace("\"", "\"\"")
                        + '"'
                : by.apply(cell);
    }
}
