package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.report.Canvas.Anchor;
import dev.tandem.parity.report.Canvas.Area;
import dev.tandem.parity.report.Canvas.Lettering;
import dev.tandem.parity.report.Canvas.Point;
import dev.tandem.parity.report.Canvas.Stroke;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A view over its windows: the batch as a wide pale band, the stream as a thin line on it, and below, on the same axis, what is
 * left between them. Two equal lines would hide each other; the bars are the chart's point.
 */
final class OverlayChart implements Chart {
    /** More windows than a screen has room for are left to the files. */
    static final int MOST_WINDOWS = 96;

    private static final int MARKED_WINDOWS = 48;
    private static final double LEGEND = 26;
    private static final double UPPER = 190;
    private static final double GAP = 58;
    private static final double LOWER = 92;
    private static final double FOOT = 44;

    private final Series whole;
    private final Series series;
    private final String name;

    OverlayChart(Series series, String name) {
        this.whole = series;
        this.series = series.around(MOST_WINDOWS);
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        var closed = whole.closed();
        if (closed == 0) {
            return "%s: no window is final yet".formatted(series.view());
        }
        var differing = whole.differing();
        return differing == 0
                ? "%s: stream and batch have the same sum in %s"
                        .formatted(
                                series.view(),
                                closed == 1 ? "the one closed window" : "all " + Figures.count(closed, "closed window"))
                : "%s: the sums differ in %s of %s"
                        .formatted(series.view(), Figures.grouped(differing), Figures.count(closed, "closed window"));
    }

    @Override
    public String subtitle() {
        var some = whole.windows().size() == series.windows().size()
                ? ""
                : " · %d of %s, %s"
                        .formatted(
                                series.windows().size(),
                                Figures.count(whole.windows().size(), "window"),
                                whole.differs() ? "around the one that differs most" : "the last ones");
        return "%s per window, summed over all keys · %s%s".formatted(series.measure(), series.covering(), some);
    }

    @Override
    public double height(double width) {
        return legendHeight(width) + UPPER + (hasDeltas() ? GAP + LOWER : 0) + FOOT;
    }

    private static double legendHeight(double width) {
        return width < NARROW ? 2 * LEGEND : LEGEND;
    }

    @Override
    public void draw(Canvas canvas, double width) {
        legend(canvas, width);
        var left = width < NARROW ? 52 : 78;
        var upper = new Area(left, legendHeight(width) + 6, width - left - 14, UPPER - 6);
        var lower = hasDeltas() ? new Area(left, legendHeight(width) + UPPER + GAP, upper.width(), LOWER) : upper;
        openGround(canvas, upper, lower);
        sums(canvas, upper);
        if (hasDeltas()) {
            deltas(canvas, lower);
        }
        axis(canvas, lower);
        if (width >= NARROW) {
            hints(canvas, upper, lower);
        }
    }

    /** Whether there is anything below: a panel of zeros would say less than the title. */
    private boolean hasDeltas() {
        return series.differing() > 0;
    }

    private void hints(Canvas canvas, Area upper, Area lower) {
        for (var index = 0; index < series.windows().size(); index++) {
            var x = x(upper, index) - step(upper) / 2;
            var whole = new Area(x, upper.y(), step(upper), lower.bottom() - upper.y());
            canvas.hint(whole, told(series.windows().get(index)));
        }
    }

    private String told(Report.WindowLine line) {
        return "%s: stream %s, batch %s, batch − stream %s; %s"
                .formatted(
                        Figures.window(line.start(), line.end()),
                        Figures.grouped(line.stream()),
                        Figures.grouped(line.batch()),
                        Figures.signed(Series.delta(line)),
                        Series.status(line).word());
    }

    private void legend(Canvas canvas, double width) {
        var text = Lettering.of(Paint.MUTED);
        canvas.line(new Point(1, 12), new Point(27, 12), Stroke.solid(Paint.STREAM, 2));
        canvas.streamMark(new Point(14, 12));
        canvas.words(new Point(34, 16.5), "stream", text);
        canvas.line(new Point(94, 12), new Point(122, 12), Stroke.solid(Paint.BATCH_BAND, 10));
        canvas.line(new Point(94, 12), new Point(122, 12), Stroke.dashed(Paint.BATCH, 1.4));
        canvas.batchMark(new Point(108, 12));
        canvas.words(new Point(130, 16.5), "batch", text);
        var x = width < NARROW ? 0 : 186;
        var y = width < NARROW ? LEGEND : 0;
        if (series.having(WindowStatus.OPEN) > 0) {
            canvas.box(new Area(x, y + 6, 26, 12), 2, Paint.OPEN_GROUND);
            canvas.words(new Point(x + 33, y + 16.5), "◌ open: not final yet", text);
        }
    }

    private void openGround(Canvas canvas, Area upper, Area lower) {
        for (var index = 0; index < series.windows().size(); index++) {
            if (isOpen(series.windows().get(index))) {
                var x = x(upper, index) - step(upper) / 2;
                canvas.box(new Area(x, upper.y(), step(upper), upper.height()), 0, Paint.OPEN_GROUND);
                canvas.box(new Area(x, lower.y(), step(upper), lower.height()), 0, Paint.OPEN_GROUND);
            }
        }
    }

    private void sums(Canvas canvas, Area area) {
        var both = series.windows().stream().flatMap(line -> Stream.of(line.stream(), line.batch()));
        var scale = new Scale(Scale.Span.of(both, BigDecimal::doubleValue), 4, area.bottom(), area.y());
        ticks(canvas, area, scale);
        origin(canvas, area, scale);
        var batch = points(area, scale, Report.WindowLine::batch);
        var stream = points(area, scale, Report.WindowLine::stream);
        for (var run : closedRuns()) {
            canvas.trace(batch.subList(run.from(), run.to()), Stroke.solid(Paint.BATCH_BAND, 14));
            canvas.trace(batch.subList(run.from(), run.to()), Stroke.dashed(Paint.BATCH, 1.3));
        }
        for (var run : closedRuns()) {
            canvas.trace(stream.subList(run.from(), run.to()), Stroke.solid(Paint.STREAM, 2));
        }
        if (batch.size() <= MARKED_WINDOWS) {
            batch.forEach(point -> marked(canvas, point));
            stream.forEach(canvas::streamMark);
        }
    }

    /** An axis that does not begin at 0 makes small differences look large, so it says so. */
    private static void origin(Canvas canvas, Area area, Scale scale) {
        double lowest = scale.ticks().get(0);
        if (lowest > 0) {
            canvas.words(
                    new Point(area.right(), area.y() - 12),
                    "this axis begins at %s, not at 0".formatted(Figures.decimals(lowest, 6)),
                    Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.END));
        }
    }

    /** Windows from {@code from} to before {@code to}. */
    private record Run(int from, int to) {}

    /** What is open still grows, so a line towards it would tell of a fall that there is not. */
    private List<Run> closedRuns() {
        var runs = new ArrayList<Run>();
        var from = 0;
        for (var index = 0; index <= series.windows().size(); index++) {
            if (index == series.windows().size() || isOpen(series.windows().get(index))) {
                if (index > from) {
                    runs.add(new Run(from, index));
                }
                from = index + 1;
            }
        }
        return runs;
    }

    private static boolean isOpen(Report.WindowLine line) {
        return Series.status(line) == WindowStatus.OPEN;
    }

    /** A square larger than the stream's dot, so that both are seen where they lie on one another. */
    private static void marked(Canvas canvas, Point at) {
        var square = new Area(at.x() - 7, at.y() - 7, 14, 14);
        canvas.box(square, 1.5, Paint.PANEL);
        canvas.frame(square, 1.5, Stroke.solid(Paint.BATCH, 1.6));
    }

    private List<Point> points(Area area, Scale scale, Function<Report.WindowLine, BigDecimal> value) {
        return IntStream.range(0, series.windows().size())
                .mapToObj(index -> new Point(
                        x(area, index),
                        scale.at(value.apply(series.windows().get(index)).doubleValue())))
                .toList();
    }

    private void deltas(Canvas canvas, Area area) {
        canvas.words(
                new Point(0, area.y() - 26),
                "batch − stream",
                Lettering.of(Paint.INK).bold());
        var scale = new Scale(deltaSpan(), 3, area.bottom(), area.y());
        ticks(canvas, area, scale);
        canvas.line(
                new Point(area.x(), scale.at(0)), new Point(area.right(), scale.at(0)), Stroke.solid(Paint.MUTED, 1));
        for (var index = 0; index < series.windows().size(); index++) {
            delta(canvas, area, scale, index);
        }
    }

    /** With room for the number above or below the longest bar; what is open says nothing yet and must not flatten the rest. */
    private Scale.Span deltaSpan() {
        var shown = series.windows().stream()
                .filter(line -> !isOpen(line))
                .map(Series::delta)
                .mapToDouble(BigDecimal::doubleValue)
                .summaryStatistics();
        var room = 1.22;
        return new Scale.Span(
                Math.min(0, shown.getMin()) * room, shown.getCount() == 0 ? 1 : Math.max(0, shown.getMax()) * room);
    }

    private void delta(Canvas canvas, Area area, Scale scale, int index) {
        var line = series.windows().get(index);
        var delta = Series.delta(line);
        var wide = Math.max(1.5, Math.min(26, step(area) * 0.5));
        var zero = scale.at(0);
        var end = scale.at(delta.doubleValue());
        if (isOpen(line)) {
            written(canvas, new Point(x(area, index), zero - 6), "open", Paint.MUTED, step(area));
            return;
        }
        if (delta.signum() != 0) {
            var tall = Math.max(1.5, Math.abs(zero - end));
            var bar = new Area(x(area, index) - wide / 2, Math.min(zero, end), wide, tall);
            canvas.box(bar, 1.5, barPaint(Series.status(line)));
        }
        var y = delta.signum() < 0 ? end + 15 : end - 6;
        var ink = delta.signum() == 0 ? Paint.MUTED : Paint.INK;
        written(canvas, new Point(x(area, index), y), Figures.signed(delta), ink, step(area));
    }

    /** Only where the columns are wide enough for it. */
    private static void written(Canvas canvas, Point at, String text, Paint ink, double room) {
        if (room >= 8 + 7.0 * text.length()) {
            canvas.words(at, text, Lettering.of(ink).sized(12).anchored(Anchor.MIDDLE));
        }
    }

    private static Paint barPaint(WindowStatus status) {
        return status == WindowStatus.UNEXPLAINED ? Paint.DISAGREE : Paint.COUNTED;
    }

    private static void ticks(Canvas canvas, Area area, Scale scale) {
        var lettering = Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.END);
        for (var tick : scale.ticks()) {
            var y = scale.at(tick);
            canvas.line(new Point(area.x(), y), new Point(area.right(), y), Stroke.solid(Paint.GRID, 1));
            canvas.words(new Point(area.x() - 8, y + 4), Figures.decimals(tick, 6), lettering);
        }
    }

    private void axis(Canvas canvas, Area area) {
        var count = series.windows().size();
        var every = (int) Math.ceil(series.labelWidth() / step(area));
        var lettering = Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.MIDDLE);
        double free = 0;
        for (var index = 0; index < count; index += every) {
            var label = index == 0 ? series.firstLabel() : series.label(index);
            var half = Lettering.widthOfLabel(label) / 2;
            var x = index == 0 ? Math.max(half, x(area, index)) : x(area, index);
            if (x - half >= free) {
                canvas.words(new Point(x, area.bottom() + 18), label, lettering);
                free = x + half + 6;
            }
        }
        var told = series.hasTimes() ? "window start, UTC" : "one result for the whole run";
        canvas.words(new Point(area.right(), area.bottom() + 38), told, lettering.anchored(Anchor.END));
    }

    private double x(Area area, int index) {
        return area.x() + step(area) * (index + 0.5);
    }

    private double step(Area area) {
        return area.width() / series.windows().size();
    }
}
