package dev.tandem.sink;

import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small table for each write, for a person who watches: at most {@link #SHOWN} rows. Text comes from strangers, so characters
 * that would move a terminal's cursor or hide others are shown as what they are.
 */
final class ConsoleSink implements Sink {
    private static final int SHOWN = 20;
    private static final int WIDEST = 40;

    private final PrintStream console;
    private final Content content;
    private final String title;

    ConsoleSink(Content content, Sinks.Setting setting) {
        this.content = content;
        console = setting.console();
        title = content.name() + (setting.mode() == Mode.STREAM ? ", micro-batch " : ", batch ");
    }

    @Override
    public void write(long number, Iterator<Tuple> tuples) {
        var shown = new ArrayList<List<String>>();
        long more = 0;
        while (tuples.hasNext()) {
            var tuple = tuples.next();
            if (shown.size() < SHOWN) {
                shown.add(cells(tuple));
            } else {
                more++;
            }
        }
        if (shown.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        table(shown, text);
        if (more > 0) {
            text.append("… and %d more%n".formatted(more));
        }
        // One print, so that other lines do not come in between.
        console.print("%s%d: %d %s%n%s"
                .formatted(title, number, shown.size() + more, shown.size() + more == 1 ? "row" : "rows", text));
        console.flush();
    }

    private List<String> cells(Tuple tuple) {
        var cells = new ArrayList<String>();
        tuple.values().forEach(it -> cells.add(cell(it)));
        if (content.kind() == Content.Kind.VIEW) {
            cells.add(tuple.state().word());
        }
        return cells;
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        var visible = visible(Texts.of(value));
        return visible.codePointCount(0, visible.length()) <= WIDEST
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static String visible(String text) {
        var visible = new StringBuilder(text.length());
        text.codePoints().forEach(it -> {
            int type = Character.getType(it);
            if (it < ' ') {
                // Unicode has a picture for each of the first 32.
                visible.appendCodePoint(0x2400 + it);
            } else if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                visible.append("\\u{%X}".formatted(it));
            } else {
                visible.appendCodePoint(it);
            }
        });
        return visible.toString();
    }

    private void table(List<List<String>> rows, StringBuilder into) {
        var header = new ArrayList<>(
                content.columns().stream().map(it -> visible(it.name())).toList());
        if (content.kind() == Content.Kind.VIEW) {
            header.add("status");
        }
        var all = new ArrayList<List<String>>();
        all.add(header);
        all.addAll(rows);
        var widths = new int[header.size()];
        for (var row : all) {
            for (int index = 0; index < widths.length; index++) {
                widths[index] = Math.max(widths[index], width(row.get(index)));
            }
        }
        for (var row : all) {
            var line = new StringBuilder();
            for (int index = 0; index < widths.length; index++) {
                var blanks = " ".repeat(widths[index] - width(row.get(index)));
                line.append("  ")
                        .append(toTheRight(index) ? blanks : "")
                        .append(row.get(index))
                        .append(toTheRight(index) ? "" : blanks);
            }
            into.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private boolean toTheRight(int index) {
        List<Shape.Column> columns = content.columns();
        if (index >= columns.size()) {
            return false;
        }
        var type = columns.get(index).type();
        return type.isNumber();
    }

    @Override
    public void close() {
        // The console is not this sink's.
    }
}
