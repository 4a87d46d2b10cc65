package dev.tandem.parity.report;

import java.util.ArrayList;
import java.util.List;

/** A table in the page: a heading for each column, numbers to the right. Scrolls by itself where the screen is too narrow. */
public final class Table {
    private enum Kind {
        TEXT,
        NUMBER
    }

    private record Column(String label, Kind kind) {}

    private final String caption;
    private final List<Column> columns = new ArrayList<>();
    private final List<Html> rows = new ArrayList<>();
    private String shape = "";

    private Table(String caption) {
        this.caption = caption;
    }

    /** {@code caption} names the table to those who do not see it. */
    public static Table named(String caption) {
        return new Table(caption);
    }

    public Table text(String label) {
        columns.add(new Column(label, Kind.TEXT));
        return this;
    }

    public Table number(String label) {
        columns.add(new Column(label, Kind.NUMBER));
        return this;
    }

    /** Makes each row a card of its own on a narrow screen. */
    public Table stacking() {
        shape = " class=\"stacking\"";
        return this;
    }

    /** One cell per column; the first names the row. */
    public Table row(Object... cells) {
        var row = new ArrayList<Html>();
        for (var index = 0; index < cells.length; index++) {
            var column = columns.get(index);
            var numeric = new Html(column.kind() == Kind.NUMBER ? " class=\"number\"" : "");
            row.add(
                    index == 0
                            ? Html.of("<th scope=\"row\"{}>{}</th>", numeric, cells[index])
                            : Html.of(
                                    "<td{} data-label=\"{}\"><div>{}</div></td>",
                                    numeric,
                                    column.label(),
                                    cells[index]));
        }
        rows.add(Html.of("<tr>{}</tr>", Html.joined(row)));
        return this;
    }

    public Html html() {
        var head = columns.stream()
                .map(column -> Html.of(
                        "<th scope=\"col\"{}>{}</th>",
                        new Html(column.kind() == Kind.NUMBER ? " class=\"number\"" : ""),
                        column.label()))
                .toList();
        return Html.of(
                "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table{}><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
                caption,
                new Html(shape),
                Html.joined(head),
                Html.joined(rows));
    }
}
