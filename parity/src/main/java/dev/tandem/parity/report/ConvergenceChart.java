package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.report.Canvas.Anchor;
import dev.tandem.parity.report.Canvas.Area;
import dev.tandem.parity.report.Canvas.Lettering;
import dev.tandem.parity.report.Canvas.Point;
import dev.tandem.parity.report.Canvas.Stroke;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a stream's windows still lack at moments after their end: all of them together, and the worst. Moments stand side by side,
 * each about twice the one before, so that the first second has as much room as the last hour.
 */
final class ConvergenceChart implements Chart {
    private static final double LEGEND = 26;
    private static final double PLOT = 190;
    private static final double FOOT = 44;
    private static final double RIGHT = 1;

    private final Report.Convergence convergence;

    ConvergenceChart(Report.Convergence convergence) {
        this.convergence = convergence;
    }

    @Override
    public String name() {
        return "convergence";
    }

    @Override
    public String title() {
        return convergence
                .nearlyRight()
                .map(seconds -> "%s: 99 %% right %s after a window's end"
                        .formatted(convergence.view(), Figures.milliseconds(seconds * 1_000)))
                .orElseGet(() -> "%s: %s of the records never come in time"
                        .formatted(convergence.view(), percent(convergence.finalErrorPercent())));
    }

    @Override
    public String subtitle() {
        return "error against the batch, in percent of a window's records, by the time since the stream saw the window end · %s"
                .formatted(Figures.count(convergence.windows(), "window"));
    }

    static String percent(double percent) {
        return percent > 0 && percent < 0.01 ? "< 0.01 %" : Figures.decimals(percent, 2) + " %";
    }

    static String moment(double seconds) {
        if (seconds < 1) {
            return seconds == 0 ? "0 s" : Figures.decimals(seconds * 1_000, 0) + " ms";
        }
        if (seconds < 60) {
            return Figures.decimals(seconds, 1) + " s";
        }
        return seconds < 3_600
                ? Figures.decimals(seconds / 60, 1) + " min"
                : Figures.decimals(seconds / 3_600, 1) + " h";
    }

    @Override
    public double height(double width) {
        return LEGEND + PLOT + FOOT;
    }

    @Override
    public void draw(Canvas canvas, double width) {
        legend(canvas);
        var left = width < NARROW ? 52 : 78;
        var area = new Area(left, LEGEND + 6, width - left - 14, PLOT - 6);
        var high = convergence.steps().stream()
                .mapToDouble(Report.ConvergenceStep::worstPercent)
                .max()
                .orElse(1);
        var scale = new Scale(new Scale.Span(0, Math.max(2 * RIGHT, high)), 4, area.bottom(), area.y());
        ground(canvas, area, scale);
        line(canvas, area, scale, Report.ConvergenceStep::worstPercent, Stroke.dashed(Paint.MUTED, 1.4));
        line(canvas, area, scale, Report.ConvergenceStep::errorPercent, Stroke.solid(Paint.STREAM, 2));
        points(area, scale, Report.ConvergenceStep::errorPercent).forEach(canvas::streamMark);
        axis(canvas, area);
        hints(canvas, area);
    }

    private static void legend(Canvas canvas) {
        var text = Lettering.of(Paint.MUTED);
        canvas.line(new Point(1, 12), new Point(27, 12), Stroke.solid(Paint.STREAM, 2));
        canvas.streamMark(new Point(14, 12));
        canvas.words(new Point(34, 16.5), "all windows", text);
        canvas.line(new Point(128, 12), new Point(154, 12), Stroke.dashed(Paint.MUTED, 1.4));
        canvas.words(new Point(162, 16.5), "the worst window", text);
    }

    private static void ground(Canvas canvas, Area area, Scale scale) {
        var right = scale.at(RIGHT);
        canvas.box(new Area(area.x(), right, area.width(), area.bottom() - right), 0, Paint.AGREE_GROUND);
        var lettering = Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.END);
        for (var tick : scale.ticks()) {
            var y = scale.at(tick);
            canvas.line(new Point(area.x(), y), new Point(area.right(), y), Stroke.solid(Paint.GRID, 1));
            canvas.words(new Point(area.x() - 8, y + 4), Figures.decimals(tick, 2) + " %", lettering);
        }
    }

    private void line(
            Canvas canvas, Area area, Scale scale, ToDoubleFunction<Report.ConvergenceStep> value, Stroke stroke) {
        var points = points(area, scale, value);
        if (points.size() > 1) {
            canvas.trace(points, stroke);
        }
    }

    private List<Point> points(Area area, Scale scale, ToDoubleFunction<Report.ConvergenceStep> value) {
        var steps = convergence.steps();
        return IntStream.range(0, steps.size())
                .mapToObj(index -> new Point(x(area, index), scale.at(value.applyAsDouble(steps.get(index)))))
                .toList();
    }

    private void axis(Canvas canvas, Area area) {
        var every = (int) Math.max(1, Math.ceil(58 / step(area)));
        var lettering = Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.MIDDLE);
        for (var index = 0; index < convergence.steps().size(); index += every) {
            var told = moment(convergence.steps().get(index).seconds());
            canvas.words(new Point(x(area, index), area.bottom() + 18), told, lettering);
        }
        canvas.words(
                new Point(area.right(), area.bottom() + 38),
                "time since the window's end",
                lettering.anchored(Anchor.END));
    }

    private void hints(Canvas canvas, Area area) {
        for (var index = 0; index < convergence.steps().size(); index++) {
            var step = convergence.steps().get(index);
            canvas.hint(
                    new Area(x(area, index) - step(area) / 2, area.y(), step(area), area.height()),
                    "%s after the end: %s of the records are missing, %s in the worst window"
                            .formatted(
                                    moment(step.seconds()),
                                    percent(step.errorPercent()),
                                    percent(step.worstPercent())));
        }
    }

    private double x(Area area, int index) {
        return area.x() + step(area) * (index + 0.5);
    }

    private double step(Area area) {
        return area.width() / Math.max(1, convergence.steps().size());
    }
}
