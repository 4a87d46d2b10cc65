package dev.tandem.parity.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every colour of the report, each for light and dark ground. One list, so that the page, its charts and the exported pictures
 * cannot drift apart: the style sheet is made from it.
 */
enum Paint {
    STREAM("#0067A8", "#56B4E9"),
    BATCH("#B45309", "#F2A33A"),
    BATCH_BAND("#F5DDBF", "#4D3413"),
    INK("#1B1F24", "#E8ECF1"),
    MUTED("#57606A", "#9AA4B2"),
    GRID("#E2E6EB", "#2B323B"),
    PANEL("#FFFFFF", "#161B22"),
    GROUND("#F4F6F8", "#0D1117"),
    OPEN_GROUND("#EEF1F4", "#212831"),
    LINK_BAR("#C3CAD3", "#465160"),
    AGREE("#006C4F", "#3DD6A0"),
    AGREE_GROUND("#DDF1E9", "#12352A"),
    EXPLAINED("#4338CA", "#A5B4FC"),
    TOLERANCE("#8A5A00", "#F0C54B"),
    TOLERANCE_GROUND("#FBF0D5", "#3A2F10"),
    DISAGREE("#9B1B30", "#FF8A80"),
    DISAGREE_GROUND("#FBE3E6", "#42181D"),
    PENDING("#57606A", "#9AA4B2"),
    PENDING_GROUND("#EEF1F4", "#212831"),
    COUNTED("#68727D", "#8D98A5"),
    QUARANTINED("#6F42C1", "#B794F4"),
    DUPLICATE("#7A7A1F", "#CFCF66"),
    LATE("#C03A78", "#F28DB8"),
    FILTERED("#3F4750", "#C9D1D9"),
    SPLIT("#9C7A5B", "#C9A98B"),
    WAITING("#B4BDC7", "#5A6572");

    private final String light;
    private final String dark;

    Paint(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** As six hexadecimal digits after a {@code #}. */
    String light() {
        return light;
    }

    String dark() {
        return dark;
    }

    /** The name in style sheets, as in {@code batch-band}. */
    String css() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Custom properties with a rule to fill ({@code .f-stream}) and one to draw ({@code .k-stream}) for each colour. */
    static String styleSheet() {
        return ":root{color-scheme:light dark;%s}\n@media (prefers-color-scheme:dark){:root{%s}}\n@media print{:root{%s}}\n%s\n"
                .formatted(
                        properties(paint -> paint.light),
                        properties(paint -> paint.dark),
                        properties(paint -> paint.light),
                        rules(paint -> "var(--" + paint.css() + ")"));
    }

    /** The same for a picture that stands alone; plain colours, since few programs besides browsers know custom properties. */
    static String pictureStyleSheet() {
        return "%s@media (prefers-color-scheme:dark){%s}"
                .formatted(rules(paint -> paint.light), rules(paint -> paint.dark));
    }

    private static String properties(Function<Paint, String> colour) {
        return joined(paint -> "--%s:%s;".formatted(paint.css(), colour.apply(paint)));
    }

    private static String rules(Function<Paint, String> colour) {
        return joined(paint -> ".f-%1$s{fill:%2$s}.k-%1$s{stroke:%2$s}".formatted(paint.css(), colour.apply(paint)));
    }

    private static String joined(Function<Paint, String> line) {
        return Arrays.stream(values()).map(line).collect(Collectors.joining());
    }
}
