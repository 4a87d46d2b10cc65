package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.report.Canvas.Anchor;
import dev.tandem.parity.report.Canvas.Area;
import dev.tandem.parity.report.Canvas.Lettering;
import dev.tandem.parity.report.Canvas.Point;
import dev.tandem.parity.report.Canvas.Stroke;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The largest keys of one window, ranked by the batch: its value as a pale bar ending in □, the stream's as a line ending in ●. */
final class KeysChart implements Chart {
    private static final int MOST_KEYS = 15;
    private static final double LEGEND = 28;
    private static final double FOOT = 26;

    private final String view;
    private final Report.WindowLine window;
    private final List<Report.Bar> bars;
    private final String name;

    KeysChart(Report.WindowLine window, String name) {
        this.view = window.view();
        this.window = window;
        this.name = name;
        this.bars = window.largest().stream()
                .sorted(Comparator.comparing(Report.Bar::batch).reversed())
                .limit(MOST_KEYS)
                .toList();
    }

    /** The bars in the order shown. */
    List<Report.Bar> bars() {
        return bars;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        var same = bars.stream().filter(bar -> delta(bar).signum() == 0).count();
        return same == bars.size()
                ? "%s: the largest %s have the same value in both modes"
                        .formatted(view, Figures.count(bars.size(), "key"))
                : "%s: %s of the largest %s have the same value in both modes"
                        .formatted(view, Figures.grouped(same), Figures.count(bars.size(), "key"));
    }

    @Override
    public String subtitle() {
        return "%s per key in the last compared window, %s"
                .formatted(window.measure(), Figures.window(window.start(), window.end()));
    }

    @Override
    public double height(double width) {
        return LEGEND + bars.size() * row(width) + FOOT;
    }

    private static double row(double width) {
        return width < NARROW ? 48 : 32;
    }

    @Override
    public void draw(Canvas canvas, double width) {
        var narrow = width < NARROW;
        var columns = columns();
        var plot = narrow
                ? new Area(2, LEGEND, width - 14, bars.size() * row(width))
                : new Area(196, LEGEND, width - 196 - columns.width() - 12, bars.size() * row(width));
        legend(canvas);
        heads(canvas, columns, width);
        var scale = scale(plot, narrow);
        ticks(canvas, plot, scale);
        for (var index = 0; index < bars.size(); index++) {
            var area = new Area(plot.x(), plot.y() + index * row(width), plot.width(), row(width));
            bar(canvas, bars.get(index), area, scale);
            words(canvas, bars.get(index), area, new Row(columns, width));
        }
    }

    /** The widths of the three columns of numbers. */
    private record Columns(double stream, double batch, double delta) {
        double width() {
            return stream + batch + delta;
        }
    }

    private record Row(Columns columns, double width) {}

    private Columns columns() {
        return new Columns(
                widest("stream", Report.Bar::stream),
                widest("batch", Report.Bar::batch),
                widest("difference", KeysChart::delta));
    }

    private double widest(String head, Function<Report.Bar, BigDecimal> value) {
        var longest = bars.stream()
                .mapToInt(bar -> Figures.signed(value.apply(bar)).length())
                .max()
                .orElse(0);
        return Math.max(6.6 * head.length(), 7.4 * longest) + 16;
    }

    private Scale scale(Area plot, boolean narrow) {
        var values = bars.stream()
                .flatMap(bar -> Stream.of(bar.stream(), bar.batch()))
                .mapToDouble(BigDecimal::doubleValue)
                .summaryStatistics();
        var span = new Scale.Span(Math.min(0, values.getMin()), Math.max(0, values.getMax()));
        return new Scale(span, narrow ? 3 : 5, plot.x(), plot.right());
    }

    private static void ticks(Canvas canvas, Area plot, Scale scale) {
        var small = Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.MIDDLE);
        for (var tick : scale.ticks()) {
            var x = scale.at(tick);
            var top = plot.x() < 20 ? plot.bottom() - 4 : plot.y();
            canvas.line(new Point(x, top), new Point(x, plot.bottom()), Stroke.solid(Paint.GRID, 1));
            canvas.words(
                    new Point(x, plot.bottom() + 18),
                    Figures.decimals(tick, 6),
                    x < 20 ? small.anchored(Anchor.START) : small);
        }
    }

    private static void heads(Canvas canvas, Columns columns, double width) {
        var head = Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.END);
        var end = width - 2;
        canvas.words(new Point(end, 15.5), "difference", head);
        if (width >= NARROW) {
            canvas.words(new Point(end - columns.delta(), 15.5), "batch", head);
            canvas.words(new Point(end - columns.delta() - columns.batch(), 15.5), "stream", head);
        }
    }

    private static void legend(Canvas canvas) {
        var text = Lettering.of(Paint.MUTED);
        canvas.line(new Point(2, 11), new Point(24, 11), Stroke.solid(Paint.STREAM, 3));
        canvas.streamMark(new Point(26, 11));
        canvas.words(new Point(36, 15.5), "stream", text);
        canvas.box(new Area(96, 4, 24, 14), 2, Paint.BATCH_BAND);
        canvas.batchMark(new Point(120, 11));
        canvas.words(new Point(132, 15.5), "batch", text);
    }

    private static void bar(Canvas canvas, Report.Bar bar, Area area, Scale scale) {
        var narrow = area.height() > 40;
        var y = narrow ? area.y() + 32 : area.middle();
        var zero = scale.at(0);
        var batch = scale.at(bar.batch().doubleValue());
        var stream = scale.at(bar.stream().doubleValue());
        canvas.box(new Area(Math.min(zero, batch), y - 8, Math.abs(batch - zero), 16), 2, Paint.BATCH_BAND);
        var square = new Area(batch - 6.5, y - 6.5, 13, 13);
        canvas.box(square, 1.5, Paint.PANEL);
        canvas.frame(square, 1.5, Stroke.solid(Paint.BATCH, 1.6));
        canvas.line(new Point(zero, y), new Point(stream, y), Stroke.solid(Paint.STREAM, 2.5));
        canvas.streamMark(new Point(stream, y));
        if (narrow) {
            return;
        }
        canvas.hint(
                area,
                "%s: stream %s, batch %s, batch − stream %s"
                        .formatted(
                                Figures.shortened(bar.key()),
                                Figures.grouped(bar.stream()),
                                Figures.grouped(bar.batch()),
                                Figures.signed(delta(bar))));
    }

    private static void words(Canvas canvas, Report.Bar bar, Area area, Row row) {
        var narrow = row.width() < NARROW;
        var y = narrow ? area.y() + 17 : area.middle() + 4.5;
        var end = row.width() - 2;
        var number = Lettering.of(Paint.STREAM).anchored(Anchor.END);
        var atBatch = end - row.columns().delta();
        var atStream = atBatch - row.columns().batch();
        canvas.words(new Point(atStream, y), Figures.grouped(bar.stream()), number);
        canvas.words(
                new Point(atBatch, y),
                Figures.grouped(bar.batch()),
                Lettering.of(Paint.BATCH).anchored(Anchor.END));
        var same = delta(bar).signum() == 0;
        var delta = Lettering.of(same ? Paint.MUTED : Paint.INK).anchored(Anchor.END);
        canvas.words(new Point(end, y), Figures.signed(delta(bar)), same ? delta : delta.bold());
        var room = narrow ? (int) ((atStream - row.columns().stream()) / 7.4) : 22;
        canvas.words(
                new Point(narrow ? 2 : area.x() - 12, y),
                fitting(bar.key(), Math.max(6, room)),
                Lettering.of(Paint.INK).anchored(narrow ? Anchor.START : Anchor.END));
    }

    /** Cut to a width of so many Latin letters; ideographs and the like are twice as wide. */
    private static String fitting(String key, int letters) {
        var room = letters;
        var shown = 0;
        for (var at = 0; at < key.length(); at += Character.charCount(key.codePointAt(at))) {
            room -= key.codePointAt(at) >= 0x1100 ? 2 : 1;
            if (room < 0) {
                return Figures.shortened(key, Math.max(1, shown));
            }
            shown++;
        }
        return Figures.shortened(key, letters);
    }

    static BigDecimal delta(Report.Bar bar) {
        return bar.batch().subtract(bar.stream());
    }
}
