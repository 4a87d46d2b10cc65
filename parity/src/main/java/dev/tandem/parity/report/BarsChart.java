package dev.tandem.parity.report;

import dev.tandem.parity.report.Canvas.Anchor;
import dev.tandem.parity.report.Canvas.Area;
import dev.tandem.parity.report.Canvas.Lettering;
import dev.tandem.parity.report.Canvas.Point;
import dev.tandem.parity.report.Canvas.Stroke;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** A handful of named amounts as bars from 0, with a line for the target: latencies, or the speed of the two modes. */
final class BarsChart implements Chart {
    private static final double ROW = 34;
    private static final double FOOT = 28;

    /** {@code paint} is the colour of the mode that the amount belongs to. */
    record Bar(String label, double value, Paint paint) {}

    /** {@code unit} writes an amount for people. */
    record Content(List<Bar> bars, OptionalDouble target, DoubleFunction<String> unit) {}

    record Heading(String name, String title, String subtitle) {}

    private final Heading heading;
    private final Content content;

    BarsChart(Heading heading, Content content) {
        this.heading = heading;
        this.content = content;
    }

    @Override
    public String name() {
        return heading.name();
    }

    @Override
    public String title() {
        return heading.title();
    }

    @Override
    public String subtitle() {
        return heading.subtitle();
    }

    @Override
    public double height(double width) {
        return head() + content.bars().size() * ROW + FOOT;
    }

    private double head() {
        return content.target().isPresent() ? 24 : 4;
    }

    @Override
    public void draw(Canvas canvas, double width) {
        var narrow = width < NARROW;
        var left = 84;
        var room = narrow ? 84 : 110;
        var plot = new Area(left, head(), width - left - room, content.bars().size() * ROW);
        var high = Math.max(
                content.target().orElse(0),
                content.bars().stream().mapToDouble(Bar::value).max().orElse(1));
        var scale = new Scale(new Scale.Span(0, high), narrow ? 3 : 6, plot.x(), plot.right());
        var small = Lettering.of(Paint.MUTED).sized(12).anchored(Anchor.MIDDLE);
        for (var tick : scale.ticks()) {
            var x = scale.at(tick);
            canvas.line(new Point(x, plot.y()), new Point(x, plot.bottom()), Stroke.solid(Paint.GRID, 1));
            canvas.words(new Point(x, plot.bottom() + 18), content.unit().apply(tick), small);
        }
        content.target().ifPresent(target -> target(canvas, plot, scale.at(target)));
        for (var index = 0; index < content.bars().size(); index++) {
            bar(
                    canvas,
                    content.bars().get(index),
                    new Area(plot.x(), plot.y() + index * ROW, plot.width(), ROW),
                    scale);
        }
    }

    private void bar(Canvas canvas, Bar bar, Area area, Scale scale) {
        var y = area.middle();
        var end = scale.at(bar.value());
        var batch = bar.paint() == Paint.BATCH;
        canvas.words(
                new Point(area.x() - 14, y + 4.5),
                bar.label(),
                Lettering.of(Paint.INK).anchored(Anchor.END));
        if (batch) {
            canvas.box(new Area(area.x(), y - 7, Math.max(1, end - area.x()), 14), 2, Paint.BATCH_BAND);
            canvas.batchMark(new Point(end, y));
        } else {
            canvas.line(new Point(area.x() + 3, y), new Point(end, y), Stroke.solid(bar.paint(), 6));
            canvas.dot(new Point(end, y), 6.5, bar.paint());
        }
        var told = content.unit().apply(bar.value());
        canvas.box(new Area(end + 11, y - 8, 4 + 7.6 * told.length(), 17), 2, Paint.PANEL);
        canvas.words(new Point(end + 14, y + 4.5), told, Lettering.of(Paint.INK).bold());
    }

    private void target(Canvas canvas, Area plot, double x) {
        canvas.line(new Point(x, plot.y() - 4), new Point(x, plot.bottom()), Stroke.dashed(Paint.INK, 1.5));
        var anchor = x < plot.centre() ? Anchor.START : Anchor.END;
        canvas.words(
                new Point(x, plot.y() - 10),
                "target " + content.unit().apply(content.target().orElse(0)),
                Lettering.of(Paint.INK).sized(12).anchored(anchor));
    }
}
