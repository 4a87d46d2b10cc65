package dev.tandem.parity.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws as SVG elements whose colours are classes of {@link Paint}. */
final class SvgCanvas implements Canvas {
    private final StringBuilder out = new StringBuilder(4096);

    /** The elements drawn so far. */
    String elements() {
        return out.toString();
    }

    @Override
    public void box(Area area, double radius, Paint fill) {
        out.append("<rect %s class=\"f-%s\"/>".formatted(shape(area, radius), fill.css()));
    }

    @Override
    public void frame(Area area, double radius, Stroke stroke) {
        out.append("<rect %s fill=\"none\" %s/>".formatted(shape(area, radius), drawn(stroke)));
    }

    @Override
    public void trace(List<Point> points, Stroke stroke) {
        var joined =
                points.stream().map(at -> number(at.x()) + "," + number(at.y())).collect(Collectors.joining(" "));
        out.append("<polyline points=\"%s\" fill=\"none\" %s/>".formatted(joined, drawn(stroke)));
    }

    @Override
    public void dot(Point centre, double radius, Paint fill) {
        out.append("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" class=\"f-%s\"/>"
                .formatted(number(centre.x()), number(centre.y()), number(radius), fill.css()));
    }

    @Override
    public void words(Point at, String text, Lettering lettering) {
        var weight = lettering.weight() == Weight.BOLD ? " font-weight=\"600\"" : "";
        var anchor = lettering.anchor() == Anchor.START
                ? ""
                : " text-anchor=\"%s\"".formatted(lettering.anchor().name().toLowerCase(Locale.ROOT));
        out.append("<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s%s class=\"f-%s\">%s</text>"
                .formatted(
                        number(at.x()),
                        number(at.y()),
                        number(lettering.size()),
                        weight,
                        anchor,
                        lettering.paint().css(),
                        Escaped.text(text)));
    }

    @Override
    public void hint(Area area, String text) {
        out.append(
                "<rect %s fill=\"transparent\"><title>%s</title></rect>".formatted(shape(area, 0), Escaped.text(text)));
    }

    private static String shape(Area area, double radius) {
        return "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s"
                .formatted(
                        number(area.x()),
                        number(area.y()),
                        number(area.width()),
                        number(area.height()),
                        radius == 0 ? "" : " rx=\"" + number(radius) + "\"");
    }

    private static String drawn(Stroke stroke) {
        var dash = stroke.dash() == Dash.DASHED ? " stroke-dasharray=\"6 4\"" : "";
        return "class=\"k-%s\" stroke-width=\"%s\" stroke-linejoin=\"round\" stroke-linecap=\"round\"%s"
                .formatted(stroke.paint().css(), number(stroke.thickness()), dash);
    }

    /** One decimal is finer than a screen shows. */
    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
