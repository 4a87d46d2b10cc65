package dev.tandem.parity.report;

import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A chart in the forms that it is given out in. Alone it carries its title; in the page the title stands above it as text. */
final class Picture {
    static final String SVG = "svg";
    static final String PNG = "png";

    private static final double WIDE = 900;
    private static final double MIDDLING = 820;
    private static final double SLIM = 330;
    private static final double MARGIN = 24;
    private static final double HEADING = 62;
    private static final int PIXELS_PER_UNIT = 2;
    private static final String FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif";

    private Picture() {}

    /** The endings of the files that this machine can make. */
    static List<String> formats() {
        try {
            var graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            new PixelCanvas(graphics).words(new Canvas.Point(0, 1), "0", Canvas.Lettering.of(Paint.INK));
            graphics.dispose();
            return List.of(SVG, PNG);
        } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
            return List.of(SVG);
        }
    }

    /** Twice, for broad and for narrow screens; the style sheet of the page shows one of them. */
    static Html inPage(Chart chart) {
        return Html.of(
                "<div class=\"broad\">{}</div><div class=\"narrow\">{}</div>",
                inPage(chart, MIDDLING),
                inPage(chart, SLIM));
    }

    private static Html inPage(Chart chart, double width) {
        var canvas = new SvgCanvas();
        chart.draw(canvas, width);
        return Html.of(
                "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\"><title>{}</title><desc>{}</desc>{}</svg>",
                Math.round(width),
                Math.round(chart.height(width)),
                chart.title(),
                chart.title(),
                chart.subtitle(),
                new Html(canvas.elements()));
    }

    /** A whole SVG document, light or dark as its viewer wishes. */
    static String svg(Chart chart) {
        var width = WIDE + 2 * MARGIN;
        var height = chart.height(WIDE) + HEADING + 2 * MARGIN;
        var surround = new SvgCanvas();
        heading(surround, chart, width, height);
        var canvas = new SvgCanvas();
        chart.draw(canvas, WIDE);
        return Html.of(
                        """
                        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">
                        <title>{}</title><desc>{}</desc>
                        <style>text{font-family:{};font-variant-numeric:tabular-nums}{}</style>
                        {}<g transform="translate({} {})">{}</g>
                        </svg>
                        """,
                        Math.round(width),
                        Math.round(height),
                        Math.round(width),
                        Math.round(height),
                        chart.title(),
                        chart.title(),
                        chart.subtitle(),
                        new Html(FONT),
                        new Html(Paint.pictureStyleSheet()),
                        new Html(surround.elements()),
                        Math.round(MARGIN),
                        Math.round(MARGIN + HEADING),
                        new Html(canvas.elements()))
                .markup();
    }

    /** On light ground, two pixels for one of the chart's. */
    static byte[] png(Chart chart) {
        var width = WIDE + 2 * MARGIN;
        var height = chart.height(WIDE) + HEADING + 2 * MARGIN;
        var image = new BufferedImage(
                (int) Math.ceil(width * PIXELS_PER_UNIT),
                (int) Math.ceil(height * PIXELS_PER_UNIT),
                BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            draw(chart, graphics, width, height);
        } finally {
            graphics.dispose();
        }
        return encoded(image);
    }

    private static void draw(Chart chart, Graphics2D graphics, double width, double height) {
        graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        var canvas = new PixelCanvas(graphics);
        heading(canvas, chart, width, height);
        graphics.translate(MARGIN, MARGIN + HEADING);
        chart.draw(canvas, WIDE);
    }

    private static void heading(Canvas canvas, Chart chart, double width, double height) {
        canvas.box(new Canvas.Area(0, 0, width, height), 0, Paint.PANEL);
        canvas.words(
                new Canvas.Point(MARGIN, MARGIN + 16),
                chart.title(),
                Canvas.Lettering.of(Paint.INK).sized(18).bold());
        canvas.words(new Canvas.Point(MARGIN, MARGIN + 38), chart.subtitle(), Canvas.Lettering.of(Paint.MUTED));
    }

    private static byte[] encoded(BufferedImage image) {
        var bytes = new ByteArrayOutputStream(1 << 16);
        try (var stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a picture in memory", e);
        }
        return bytes.toByteArray();
    }
}
