package dev.tandem.diff.report;

import dev.tandem.parity.report.Html;
import dev.tandem.parity.report.PageStyle;
import java.util.List;

/** A page in one file that needs nothing else, in the style of a comparison's report: no script, no network, no fonts. */
public final class PageFrame {
    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>{}: {}</title>
            <style>
            {}
            </style>
            </head>
            <body>
            <header id="verdict" class="{}">
            <p class="pipeline">{}<span>{}</span></p>
            <h1><span class="icon" aria-hidden="true">{}</span> {}</h1>
            {}
            </header>
            <nav aria-label="Sections">{}</nav>
            <main>
            {}
            </main>
            <footer>{}</footer>
            </body>
            </html>
            """;

    private PageFrame() {}

    /**
     * The top of a page.
     *
     * @param ground class of the header, which gives it its colour
     * @param subject what was compared, beside the name
     */
    public record Head(
            String ground, String name, String subject, String icon, String verdict, List<String> sentences) {}

    /** The whole page. {@code navigation} links to the sections of {@code main}. */
    public static String of(Head head, Html navigation, Html main, Html footer) {
        return Html.of(
                        FRAME,
                        head.verdict(),
                        head.name(),
                        PageStyle.sheet(),
                        head.ground(),
                        head.name(),
                        head.subject(),
                        head.icon() + "\uFE0E",
                        head.verdict(),
                        Html.joined(head.sentences().stream()
                                .map(it -> Html.of("<p class=\"sentence\">{}</p>", it))
                                .toList()),
                        navigation,
                        main,
                        footer)
                .markup();
    }

    /** A section with its heading and a sentence that says what it shows. */
    public static Html section(String id, String heading, String lead, Html content) {
        return Html.of(
                "<section id=\"{}\"><h2>{}</h2><p class=\"lead\">{}</p>{}</section>", id, heading, lead, content);
    }

    /** A number with its name above and a remark below. */
    public static Html tile(String name, long value, String foot) {
        return Html.of(
                "<div class=\"tile\"><dt>{}</dt><dd class=\"value\">{}</dd><dd class=\"foot\">{}</dd></div>",
                name,
                "%,d".formatted(value),
                foot);
    }

    /** Tiles side by side; {@code label} names them to those who do not see them. */
    public static Html tiles(String label, List<Html> tiles) {
        return Html.of("<section id=\"tiles\" aria-label=\"{}\"><dl>{}</dl></section>", label, Html.joined(tiles));
    }
}
