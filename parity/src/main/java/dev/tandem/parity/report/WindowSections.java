package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import java.util.ArrayList;
import java.util.List;

/** Where the modes differ, and by how much. */
final class WindowSections {
    private static final int MOST_ROWS = 60;

    private final Report report;
    private final Charts charts;

    WindowSections(Report report, Charts charts) {
        this.report = report;
        this.charts = charts;
    }

    Html where() {
        var content = charts.windows()
                .map(chart -> Blocks.figure(chart, allWindows(), charts.formats()))
                .orElseGet(WindowSections::noWindow);
        return Blocks.section(
                "where", "Where do they differ?", "All windows of all views, in the order of time.", content);
    }

    private static Html noWindow() {
        return Blocks.empty(
                WindowStatus.OPEN,
                "No window is final yet",
                "A window is compared once the watermark has passed its end. Let the stream run on, then compare again.");
    }

    private Html allWindows() {
        var lines = report.windows();
        var table = Table.named("All windows")
                .text("View")
                .text("Window")
                .text("Status")
                .number("Keys")
                .number("Differing");
        lines.stream()
                .limit(MOST_ROWS)
                .forEach(line -> table.row(
                        line.view(),
                        Blocks.window(line.start(), line.end()),
                        Blocks.status(Series.status(line)),
                        Figures.grouped(line.keys()),
                        Figures.grouped(line.differingKeys())));
        return Html.joined(List.of(table.html(), rest(lines.size() - MOST_ROWS, "window")));
    }

    private static Html rest(int left, String noun) {
        return left <= 0
                ? Html.EMPTY
                : Html.of(
                        "<p class=\"note\">{} more: see <a href=\"report.json\">report.json</a>.</p>",
                        Figures.count(left, noun));
    }

    Html howMuch() {
        var differing = charts.views().stream()
                .filter(it -> it.series().differs())
                .map(this::charts)
                .toList();
        var agreeing = charts.views().stream()
                .filter(it -> !it.series().differs())
                .map(this::charts)
                .toList();
        var content = new ArrayList<Html>(differing.stream().limit(1).toList());
        content.add(Blocks.more(
                "%s more that differ".formatted(Figures.count(differing.size() - 1L, "view")),
                differing.stream().skip(1).toList()));
        content.add(Blocks.more("%s without a difference".formatted(Figures.count(agreeing.size(), "view")), agreeing));
        var left = Series.of(report).size() - charts.views().size();
        content.add(rest(left, "view"));
        content.add(Blocks.more(
                "Rows per view, differences per measure",
                List.of(Blocks.panel("Rows per view", views()), Blocks.panel("Differences per measure", measures()))));
        return Blocks.section(
                "how-much",
                "By how much?",
                "Differences are batch − stream: positive where the stream lacks something.",
                report.agreement().views().isEmpty() && charts.views().isEmpty() ? noWindow() : Html.joined(content));
    }

    /** What is drawn of a view. */
    private Html charts(Charts.ViewCharts view) {
        var figures = new ArrayList<Html>();
        figures.add(view.overlay()
                .map(chart -> Blocks.figure(chart, sums(view.series()), charts.formats()))
                .orElseGet(() -> Blocks.panel(view.series().view(), sums(view.series()))));
        view.keys().ifPresent(chart -> figures.add(Blocks.figure(chart, keys(chart), charts.formats())));
        return Html.joined(figures);
    }

    private Html views() {
        var table = Table.named("Rows per view")
                .text("View")
                .number("Compared")
                .number("Agreeing")
                .number("Differing")
                .number("Open");
        report.agreement()
                .views()
                .forEach((name, view) -> table.row(
                        name,
                        Figures.grouped(view.compared()),
                        Figures.grouped(view.agreeing()),
                        Figures.grouped(view.differing()),
                        Figures.grouped(view.open())));
        return table.html();
    }

    private Html measures() {
        var table = Table.named("Differences per measure")
                .text("Measure")
                .text("View")
                .number("Differing rows")
                .number("Largest")
                .number("Largest %")
                .number("Mean %")
                .stacking();
        report.agreement()
                .views()
                .forEach((name, view) -> view.measures()
                        .forEach((measure, count) -> table.row(
                                measure,
                                name,
                                Figures.grouped(count.differing()),
                                Figures.grouped(count.largestDifference()),
                                Figures.percent(count.largestPercent()),
                                Figures.percent(count.meanPercent()))));
        return table.html();
    }

    private static Html sums(Series series) {
        var shown = series.around(MOST_ROWS);
        var table = Table.named("Sums per window of " + series.view())
                .text("Window")
                .number("Stream")
                .number("Batch")
                .number("Batch − stream")
                .text("Status");
        shown.windows()
                .forEach(line -> table.row(
                        Blocks.window(line.start(), line.end()),
                        Figures.grouped(line.stream()),
                        Figures.grouped(line.batch()),
                        Figures.signed(Series.delta(line)),
                        Blocks.status(Series.status(line))));
        var left = series.windows().size() - shown.windows().size();
        return Html.joined(List.of(table.html(), rest(left, "window")));
    }

    private static Html keys(KeysChart chart) {
        var table = Table.named("Largest keys")
                .text("Key")
                .number("Stream")
                .number("Batch")
                .number("Batch − stream");
        chart.bars()
                .forEach(bar -> table.row(
                        Blocks.foreign(Figures.shortened(bar.key())),
                        Figures.grouped(bar.stream()),
                        Figures.grouped(bar.batch()),
                        Figures.signed(KeysChart.delta(bar))));
        return table.html();
    }
}
