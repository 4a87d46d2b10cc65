package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.parity.explain.Bridges;
import java.util.List;
import java.util.Locale;

/** The report as one file that needs nothing else: no script, no network, no fonts. The verdict stands first, its reasons after. */
final class ReportPage {
    private ReportPage() {}

    static String of(Report report, Bridges bridges, Charts charts) {
        var windows = new WindowSections(report, charts);
        var causes = new CauseSection(report);
        var run = new RunSections(report, charts);
        var body = Html.joined(List.of(
                Tiles.of(report),
                targets(report),
                causes.why(),
                windows.where(),
                windows.howMuch(),
                new RowSection(report, bridges).differences(),
                run.howLate(),
                run.whatItCosts(),
                run.proof()));
        return Html.of(
                        Resource.text("report.html"),
                        words(report.verdict()),
                        report.subject().pipeline(),
                        PageStyle.sheet(),
                        verdict(report),
                        body,
                        Figures.moment(report.provenance().generatedAt()))
                .markup();
    }

    private static Html verdict(Report report) {
        return Html.of(
                """
                <header id="verdict" class="{}">
                <p class="pipeline">{}<span>{}</span></p>
                <h1><span class="icon" aria-hidden="true">{}</span> {}</h1>
                <p class="sentence">{}</p>
                </header>""",
                ground(report.verdict()).code(),
                report.subject().pipeline(),
                report.subject().about(),
                Blocks.sign(report.verdict().icon()),
                words(report.verdict()),
                report.agreement().sentence());
    }

    private static Html targets(Report report) {
        if (report.targets().isEmpty()) {
            return Html.EMPTY;
        }
        var items = report.targets().stream()
                .map(target -> Html.of(
                        "<li>{} <strong>{}</strong> asked {}, reached {}</li>",
                        Blocks.met(target),
                        target.name(),
                        target.asked(),
                        target.reached()))
                .toList();
        return Html.of("<ul id=\"targets\" aria-label=\"Targets\">{}</ul>", Html.joined(items));
    }

    /** The verdict in capitals, as in {@code AGREE WITH CAUSES}. */
    static String words(Verdict verdict) {
        return verdict.name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    private static WindowStatus ground(Verdict verdict) {
        return switch (verdict) {
            case AGREE, AGREE_WITH_CAUSES -> WindowStatus.AGREE;
            case WITHIN_TOLERANCE -> WindowStatus.WITHIN_TOLERANCE;
            case DISAGREE -> WindowStatus.UNEXPLAINED;
            case PENDING -> WindowStatus.OPEN;
        };
    }
}
