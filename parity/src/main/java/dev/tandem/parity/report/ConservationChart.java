package dev.tandem.parity.report;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report.Conservation;
import dev.tandem.parity.report.Canvas.Area;
import dev.tandem.parity.report.Canvas.Lettering;
import dev.tandem.parity.report.Canvas.Point;
import dev.tandem.parity.report.Canvas.Stroke;
import java.util.List;
import java.util.Map;

/**
 * Where the records went, per mode. Nearly all are counted, so one bar would show nothing else: what was not counted is drawn
 * again below, enlarged to the full width.
 */
final class ConservationChart implements Chart {
    private static final double BAR = 26;
    private static final double FUNNEL = 24;

    private final Map<Mode, Conservation> modes;

    ConservationChart(Map<Mode, Conservation> modes) {
        this.modes = modes;
    }

    @Override
    public String name() {
        return "conservation";
    }

    @Override
    public String title() {
        return modes.values().stream().allMatch(Conservation::balances)
                ? "Every record read has exactly one fate, in both modes"
                : "The fates do not add up to the records read";
    }

    @Override
    public String subtitle() {
        return "records; the lower bar enlarges those that were not counted";
    }

    @Override
    public double height(double width) {
        return modes.values().stream()
                        .mapToDouble(counts -> blockHeight(counts, width))
                        .sum()
                - 18;
    }

    private static double blockHeight(Conservation counts, double width) {
        var others = others(counts);
        return 26 + BAR + (others.isEmpty() ? 0 : FUNNEL + BAR + 8 + legendRows(others, width) * 22) + 26;
    }

    private static List<Fate> others(Conservation counts) {
        return Fate.occurringIn(counts).stream()
                .filter(fate -> fate != Fate.COUNTED)
                .toList();
    }

    private static int legendRows(List<Fate> fates, double width) {
        var perRow = Math.max(1, (int) (width / 160));
        return (fates.size() + perRow - 1) / perRow;
    }

    @Override
    public void draw(Canvas canvas, double width) {
        double y = 0;
        for (var mode : modes.entrySet()) {
            block(canvas, mode.getKey(), mode.getValue(), new Area(0, y, width, blockHeight(mode.getValue(), width)));
            y += blockHeight(mode.getValue(), width);
        }
    }

    private static void block(Canvas canvas, Mode mode, Conservation counts, Area area) {
        heading(canvas, mode, counts, area.y());
        var read = Math.max(1, counts.sum());
        var top = area.y() + 26;
        var counted = area.width() * Fate.COUNTED.in(counts) / read;
        canvas.box(new Area(0, top, counted, BAR), 3, Fate.COUNTED.paint());
        var share = "%s counted".formatted(Figures.grouped(Fate.COUNTED.in(counts)));
        if (counted > 130) {
            canvas.words(
                    new Point(10, top + 17.5), share, Lettering.of(Paint.PANEL).bold());
        }
        var others = others(counts);
        if (others.isEmpty()) {
            return;
        }
        segments(canvas, counts, others, new Area(counted + 1.5, top, Math.max(2, area.width() - counted - 1.5), BAR));
        var below = top + BAR + FUNNEL;
        canvas.line(new Point(counted + 1.5, top + BAR + 3), new Point(0, below - 3), Stroke.solid(Paint.LINK_BAR, 1));
        canvas.line(
                new Point(area.width(), top + BAR + 3),
                new Point(area.width(), below - 3),
                Stroke.solid(Paint.LINK_BAR, 1));
        segments(canvas, counts, others, new Area(0, below, area.width(), BAR));
        legend(canvas, counts, others, new Area(0, below + BAR + 8, area.width(), 0));
    }

    private static void heading(Canvas canvas, Mode mode, Conservation counts, double y) {
        if (mode == Mode.BATCH) {
            canvas.batchMark(new Point(6, y + 11));
        } else {
            canvas.streamMark(new Point(6, y + 11));
        }
        canvas.words(
                new Point(18, y + 15.5), mode.word(), Lettering.of(Paint.INK).bold());
        var told = Figures.count(counts.read(), "record") + " read";
        canvas.words(new Point(26 + 8.0 * mode.word().length(), y + 15.5), told, Lettering.of(Paint.MUTED));
    }

    private static void segments(Canvas canvas, Conservation counts, List<Fate> fates, Area area) {
        var total = (double) fates.stream().mapToLong(fate -> fate.in(counts)).sum();
        var x = area.x();
        for (var fate : fates) {
            var wide = area.width() * fate.in(counts) / total;
            var segment = new Area(x, area.y(), Math.max(0.7, wide - (wide > 6 ? 1.5 : 0)), area.height());
            canvas.box(segment, wide > 12 ? 3 : 0, fate.paint());
            canvas.hint(segment, "%s %s".formatted(Figures.grouped(fate.in(counts)), fate.word()));
            x += wide;
        }
    }

    private static void legend(Canvas canvas, Conservation counts, List<Fate> fates, Area area) {
        var perRow = Math.max(1, (int) (area.width() / 160));
        for (var index = 0; index < fates.size(); index++) {
            var x = index % perRow * 160.0;
            var y = area.y() + index / perRow * 22;
            canvas.box(new Area(x, y + 3, 12, 12), 2, fates.get(index).paint());
            canvas.words(
                    new Point(x + 19, y + 13.5),
                    Figures.grouped(fates.get(index).in(counts)) + " "
                            + fates.get(index).word(),
                    Lettering.of(Paint.INK));
        }
    }
}
