package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.report.Canvas.Anchor;
import dev.tandem.parity.report.Canvas.Area;
import dev.tandem.parity.report.Canvas.Lettering;
import dev.tandem.parity.report.Canvas.Point;
import dev.tandem.parity.report.Canvas.Stroke;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Every window of every view as one cell, so that trouble is found before anything is read. */
final class HeatStrip implements Chart {
    private static final int MOST_CELLS = 72;
    private static final int MOST_VIEWS = 12;
    private static final double CELL = 34;

    private final List<Series> all;
    private final List<Series> views;

    HeatStrip(List<Series> all) {
        this.all = all;
        this.views = all.stream().limit(MOST_VIEWS).toList();
    }

    /** Neighbouring windows drawn as one cell, which shows the gravest of them. */
    private record Cell(List<Report.WindowLine> windows) {
        WindowStatus status() {
            return windows.stream()
                    .map(Series::status)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        long differingKeys() {
            return windows.stream().mapToLong(Report.WindowLine::differingKeys).sum();
        }

        String told() {
            var window = Figures.window(
                    windows.get(0).start(), windows.get(windows.size() - 1).end());
            return "%s: %s, %s of %s differ"
                    .formatted(
                            window,
                            status().word(),
                            Figures.grouped(differingKeys()),
                            Figures.count(
                                    windows.stream()
                                            .mapToLong(Report.WindowLine::keys)
                                            .sum(),
                                    "key"));
        }
    }

    @Override
    public String name() {
        return "windows";
    }

    @Override
    public String title() {
        var total = all.stream().mapToLong(series -> series.windows().size()).sum();
        var open = having(WindowStatus.OPEN);
        var agreeing = having(WindowStatus.AGREE);
        if (open == total) {
            return "No window is final yet";
        }
        if (agreeing == total) {
            return "Stream and batch agree in all %s".formatted(Figures.count(total, "window"));
        }
        var parts = Arrays.stream(
                        new WindowStatus[] {WindowStatus.EXPLAINED, WindowStatus.UNEXPLAINED, WindowStatus.OPEN})
                .filter(status -> having(status) > 0)
                .map(status -> "%s %s".formatted(Figures.grouped(having(status)), status.word()))
                .toList();
        return "%s of %s agree; %s"
                .formatted(Figures.grouped(agreeing), Figures.count(total, "window"), String.join(", ", parts));
    }

    @Override
    public String subtitle() {
        var told = new StringBuilder("one cell per window; a number says how many keys differ in it");
        if (views.stream().anyMatch(series -> series.windows().size() > MOST_CELLS)) {
            told.append(" · neighbours share a cell where there are more than ").append(MOST_CELLS);
        }
        if (all.size() > views.size()) {
            told.append(" · the first %d of %d views".formatted(views.size(), all.size()));
        }
        return told.toString();
    }

    private long having(WindowStatus status) {
        return all.stream().mapToLong(series -> series.having(status)).sum();
    }

    @Override
    public double height(double width) {
        var rows = IntStream.range(0, views.size())
                .mapToDouble(index -> rowHeight(index, width))
                .sum();
        return legendRows(width) * 24 + 6 + rows;
    }

    private List<WindowStatus> occurring() {
        return Arrays.stream(WindowStatus.values())
                .filter(status -> having(status) > 0)
                .toList();
    }

    private int legendRows(double width) {
        return width < NARROW && occurring().size() > 3 ? 2 : 1;
    }

    private double rowHeight(int index, double width) {
        return CELL + 8 + (width < NARROW ? 22 : 0) + (endsAxis(index) ? 24 : 0);
    }

    @Override
    public void draw(Canvas canvas, double width) {
        legend(canvas, width);
        var narrow = width < NARROW;
        var left = narrow ? 0.0 : 190.0;
        double y = legendRows(width) * 24 + 6;
        for (var index = 0; index < views.size(); index++) {
            var series = views.get(index);
            var top = narrow ? y + 22 : y;
            var baseline = narrow ? y + 15 : top + CELL / 2 + 4.5;
            canvas.words(new Point(0, baseline), Figures.shortened(series.view(), 26), Lettering.of(Paint.INK));
            row(canvas, series, new Area(left, top, width - left, CELL));
            if (endsAxis(index)) {
                axis(canvas, series, new Area(left, top + CELL, width - left, 24));
            }
            y += rowHeight(index, width);
        }
    }

    private void legend(Canvas canvas, double width) {
        double x = 0;
        double y = 0;
        for (var status : occurring()) {
            var wide = 27 + 7.0 * status.word().length();
            if (x + wide > width) {
                x = 0;
                y += 24;
            }
            var area = new Area(x, y + 2, 20, 18);
            canvas.box(area, 3, status.ground());
            icon(canvas, status, area);
            canvas.words(new Point(x + 27, y + 15.5), status.word(), Lettering.of(Paint.MUTED));
            x += wide + 18;
        }
    }

    private static void row(Canvas canvas, Series series, Area area) {
        var cells = cells(series);
        var step = area.width() / cells.size();
        var gap = step > 12 ? 3 : step > 5 ? 1.5 : 0.5;
        for (var index = 0; index < cells.size(); index++) {
            var cell = cells.get(index);
            var box = new Area(area.x() + index * step, area.y(), step - gap, area.height());
            var status = cell.status();
            canvas.box(box, Math.min(4, step / 4), status.ground());
            var differing = cell.differingKeys();
            if (differing > 0 && step >= 24 && status != WindowStatus.AGREE && status != WindowStatus.OPEN) {
                var lettering = Lettering.of(status.ink()).bold().anchored(Anchor.MIDDLE);
                canvas.words(new Point(box.centre(), box.middle() + 4.5), Figures.grouped(differing), lettering);
            } else if (step >= 18) {
                icon(canvas, status, box);
            }
            if (area.x() > 0) {
                canvas.hint(box, cell.told());
            }
        }
    }

    /** Drawn by hand, for the sign is missing in many fonts. */
    private static void icon(Canvas canvas, WindowStatus status, Area area) {
        var x = area.centre();
        var y = area.middle();
        var stroke = Stroke.solid(status.ink(), 2);
        if (status == WindowStatus.AGREE || status == WindowStatus.EXPLAINED) {
            canvas.trace(List.of(new Point(x - 5, y), new Point(x - 1.5, y + 4), new Point(x + 5, y - 4)), stroke);
        } else if (status == WindowStatus.UNEXPLAINED) {
            canvas.line(new Point(x - 4, y - 4), new Point(x + 4, y + 4), stroke);
            canvas.line(new Point(x - 4, y + 4), new Point(x + 4, y - 4), stroke);
        } else if (status == WindowStatus.OPEN) {
            canvas.frame(new Area(x - 5, y - 5, 10, 10), 5, new Stroke(status.ink(), 1.5, Canvas.Dash.DASHED));
        } else {
            canvas.words(
                    new Point(x, y + 5),
                    status.icon(),
                    Lettering.of(status.ink()).bold().anchored(Anchor.MIDDLE));
        }
    }

    private static List<Cell> cells(Series series) {
        var windows = series.windows();
        var each = (int) Math.ceil(windows.size() / (double) MOST_CELLS);
        return IntStream.iterate(0, from -> from < windows.size(), from -> from + each)
                .mapToObj(from -> new Cell(windows.subList(from, Math.min(windows.size(), from + each))))
                .toList();
    }

    /** An axis stands below the last of neighbouring views with the same windows. */
    private boolean endsAxis(int index) {
        return index == views.size() - 1 || !starts(views.get(index)).equals(starts(views.get(index + 1)));
    }

    private static List<?> starts(Series series) {
        return series.windows().stream().map(Report.WindowLine::start).toList();
    }

    private static void axis(Canvas canvas, Series series, Area area) {
        var count = series.windows().size();
        var step = area.width() / count;
        var every = (int) Math.ceil((series.labelWidth() + 4) / step);
        var lettering = Lettering.of(Paint.MUTED).sized(12);
        double free = area.x();
        for (var index = 0; index < count && (count - index) * step > series.labelWidth() - 8; index += every) {
            var first = series.hasTimes() ? series.firstLabel() + " UTC" : series.firstLabel();
            var label = index == 0 ? first : series.label(index);
            var x = area.x() + index * step;
            if (x >= free) {
                canvas.words(new Point(x, area.y() + 16), label, lettering);
                free = x + 10 + Lettering.widthOfLabel(label);
            }
        }
    }
}
