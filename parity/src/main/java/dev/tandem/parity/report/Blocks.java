package dev.tandem.parity.report;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The recurring pieces of the page. */
final class Blocks {
    private Blocks() {}

    /** A heading asks, the lead answers. */
    static Html section(String id, String heading, String lead, Html content) {
        return Html.of(
                "<section id=\"{}\" aria-labelledby=\"{}-heading\">\n<h2 id=\"{}-heading\">{}</h2>\n<p class=\"lead\">{}</p>\n{}\n</section>",
                id,
                id,
                id,
                heading,
                lead,
                content);
    }

    /** A section that opens at its heading: what most readers do not need. */
    static Html folded(String id, String heading, String lead, Html content) {
        return Html.of(
                "<section id=\"{}\" aria-labelledby=\"{}-heading\">\n<details class=\"folded\"><summary><h2 id=\"{}-heading\">{}</h2> <span class=\"lead\">{}</span></summary>\n{}\n</details>\n</section>",
                id,
                id,
                id,
                heading,
                lead,
                content);
    }

    /** Something that is shown when somebody opens it; nothing where there is nothing. */
    static Html more(String summary, List<Html> parts) {
        return parts.isEmpty()
                ? Html.EMPTY
                : Html.of("<details class=\"more\"><summary>{}</summary>{}</details>", summary, Html.joined(parts));
    }

    /** A chart, the same as a table, and the files that hold it. */
    static Html figure(Chart chart, Html table, List<String> formats) {
        var files = formats.stream()
                .map(format -> Html.of(
                        "<a href=\"charts/{}.{}\">{}</a>", chart.name(), format, format.toUpperCase(Locale.ROOT)))
                .toList();
        return Html.of("""
                <figure class="panel">
                <figcaption><h3>{}</h3><p>{}</p></figcaption>
                {}
                <details><summary>As a table</summary>{}<p class="files">{}</p></details>
                </figure>""", chart.title(), chart.subtitle(), Picture.inPage(chart), table, Html.joined(files));
    }

    static Html panel(String heading, Html content) {
        return Html.of("<div class=\"panel\"><h3>{}</h3>{}</div>", heading, content);
    }

    /** What stands where there is nothing to show. */
    static Html empty(WindowStatus status, String statement, String reason) {
        return Html.of(
                "<div class=\"panel empty {}\"><p class=\"icon\" aria-hidden=\"true\">{}</p><p class=\"statement\">{}</p><p>{}</p></div>",
                status.code(),
                sign(status.icon()),
                statement,
                reason);
    }

    static Html status(WindowStatus status) {
        return status(status, status.word());
    }

    /** With another word for the same. */
    static Html status(WindowStatus status, String word) {
        return Html.of(
                "<span class=\"status {}\"><span aria-hidden=\"true\">{}</span> {}</span>",
                status.code(),
                sign(status.icon()),
                word);
    }

    /** A window whose clock times stay on one line. */
    static Html window(Optional<Instant> start, Optional<Instant> end) {
        var told = Figures.window(start, end);
        var day = told.indexOf(' ');
        return start.isEmpty() || told.contains(" – ")
                ? Html.of("{}", told)
                : Html.of("{} <span class=\"unbroken\">{}</span>", told.substring(0, day), told.substring(day + 1));
    }

    /** Whether a target is met. */
    static Html met(Report.Target target) {
        if (!target.measured()) {
            return status(WindowStatus.OPEN, "open");
        }
        return target.met() ? status(WindowStatus.AGREE, "met") : status(WindowStatus.UNEXPLAINED, "missed");
    }

    /** ● for the stream, □ for the batch; always with the word. */
    static Html mode(Mode mode) {
        var batch = mode == Mode.BATCH;
        return Html.of(
                "<span class=\"mode {}\"><span aria-hidden=\"true\">{}</span> {}</span>",
                batch ? "batch" : "stream",
                batch ? "□" : "●",
                mode.word());
    }

    /** A stranger's text: it keeps its direction of writing to itself. */
    static Html foreign(String text) {
        return Html.of("<bdi>{}</bdi>", text);
    }

    /** The variation selector asks for the sign as text, not as a coloured picture. */
    static String sign(String icon) {
        return icon + "\uFE0E";
    }
}
