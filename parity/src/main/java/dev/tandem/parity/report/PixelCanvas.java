package dev.tandem.parity.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Draws on pixels, in the colours for light ground. Needs the fonts of the machine, but no screen. */
final class PixelCanvas implements Canvas {
    private static final float[] DASHES = {6, 4};

    private final Graphics2D graphics;

    PixelCanvas(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    @Override
    public void box(Area area, double radius, Paint fill) {
        graphics.setColor(colour(fill));
        graphics.fill(shape(area, radius));
    }

    @Override
    public void frame(Area area, double radius, Stroke stroke) {
        take(stroke);
        graphics.draw(shape(area, radius));
    }

    @Override
    public void trace(List<Point> points, Stroke stroke) {
        take(stroke);
        var path = new Path2D.Double();
        path.moveTo(points.get(0).x(), points.get(0).y());
        points.forEach(point -> path.lineTo(point.x(), point.y()));
        graphics.draw(path);
    }

    @Override
    public void dot(Point centre, double radius, Paint fill) {
        graphics.setColor(colour(fill));
        graphics.fill(new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius));
    }

    @Override
    public void words(Point at, String text, Lettering lettering) {
        var style = lettering.weight() == Weight.BOLD ? Font.BOLD : Font.PLAIN;
        graphics.setFont(new Font(Font.SANS_SERIF, style, 1).deriveFont((float) lettering.size()));
        graphics.setColor(colour(lettering.paint()));
        var width = graphics.getFontMetrics().stringWidth(text);
        var shift = lettering.anchor() == Anchor.START ? 0 : lettering.anchor() == Anchor.END ? width : width / 2.0;
        graphics.drawString(text, (float) (at.x() - shift), (float) at.y());
    }

    @Override
    public void hint(Area area, String text) {}

    private void take(Stroke stroke) {
        graphics.setColor(colour(stroke.paint()));
        var dashes = stroke.dash() == Dash.DASHED ? DASHES : null;
        graphics.setStroke(new BasicStroke(
                (float) stroke.thickness(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, dashes, 0));
    }

    private static Color colour(Paint paint) {
        return Color.decode(paint.light());
    }

    private static RoundRectangle2D shape(Area area, double radius) {
        return new RoundRectangle2D.Double(area.x(), area.y(), area.width(), area.height(), 2 * radius, 2 * radius);
    }
}
