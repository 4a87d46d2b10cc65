package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.parity.traits.CommonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The verdict as a block of 10 to 20 lines, for the end of a command: everything that decides, nothing that must be scrolled. */
public final class ReportText {
    private static final int MOST_VIEWS = 6;
    private static final int MOST_CAUSES = 4;

    private final Report report;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private ReportText(Report report, Ink ink) {
        this.report = report;
        this.ink = ink;
    }

    /** Without colour. */
    public static String of(Report report) {
        return of(report, Ink.PLAIN);
    }

    /** Lines end in a line feed, the last one too. */
    public static String of(Report report, Ink ink) {
        return new ReportText(report, ink).told();
    }

    private String told() {
        var verdict = report.verdict();
        lines.add(coloured(colour(verdict), verdict.icon() + " " + ReportPage.words(verdict)) + "  "
                + letters(report.subject().pipeline()));
        lines.add("  " + letters(report.agreement().sentence()));
        lines.add("");
        agreement();
        causes();
        common();
        conservation();
        latency();
        convergence();
        throughput();
        cost();
        targets();
        return String.join("\n", lines) + "\n";
    }

    private void agreement() {
        var accuracy = report.agreement().accuracy();
        line(
                "agreement",
                accuracy.comparedRows() == 0
                        ? Figures.NONE + " (no row was compared)"
                        : "%s · %s of %s rows · %s unexplained"
                                .formatted(
                                        Figures.flooredPercent(accuracy.percent()),
                                        Figures.grouped(accuracy.agreeingRows()),
                                        Figures.grouped(accuracy.comparedRows()),
                                        Figures.grouped(report.unexplained())));
        report.agreement().views().entrySet().stream()
                .limit(MOST_VIEWS)
                .forEach(view -> line("", view(view.getKey(), view.getValue())));
        more(report.agreement().views().size() - MOST_VIEWS, "view");
    }

    private static String view(String name, Report.ViewCount view) {
        var open = view.open() == 0 ? "" : " · " + Figures.grouped(view.open()) + " open";
        if (view.compared() == 0) {
            return "%s: no row is final yet%s".formatted(letters(name), open);
        }
        return view.differing() == 0
                ? "%s: all %s agree%s".formatted(letters(name), Figures.count(view.compared(), "row"), open)
                : "%s: %s of %s agree, %s differ%s"
                        .formatted(
                                letters(name),
                                Figures.grouped(view.agreeing()),
                                Figures.count(view.compared(), "row"),
                                Figures.grouped(view.differing()),
                                open);
    }

    private void causes() {
        var first = true;
        for (var cause : report.causes().entrySet().stream().limit(MOST_CAUSES).toList()) {
            var count = cause.getValue();
            line(
                    first ? "because" : "",
                    "%s: %s in %s; hint: %s"
                            .formatted(
                                    cause.getKey().code(),
                                    Figures.count(count.records(), "record"),
                                    Figures.count(count.rows(), "row"),
                                    letters(count.hint())));
            first = false;
        }
        more(report.causes().size() - MOST_CAUSES, "cause");
    }

    /** The strongest trait of late records, which are what makes the modes differ; the report has all. */
    private void common() {
        Optional.ofNullable(report.refusals().common().get("late"))
                .flatMap(common ->
                        common.traits().stream().findFirst().map(it -> CommonText.sentence(it, common, "late")))
                .ifPresent(sentence -> line("in common", letters(sentence)));
    }

    private void more(int left, String noun) {
        if (left > 0) {
            line("", "and " + Figures.count(left, noun) + " more, in the report");
        }
    }

    private void conservation() {
        report.runs().conservation().forEach((mode, counts) -> line(mode.word(), sum(counts)));
    }

    private static String sum(Report.Conservation counts) {
        var parts = Fate.occurringIn(counts).stream()
                .map(fate -> Figures.grouped(fate.in(counts)) + " " + fate.word())
                .collect(Collectors.joining(" + "));
        var read = Figures.grouped(counts.read()) + " read";
        return counts.balances()
                ? read + " = " + (parts.isEmpty() ? "0" : parts)
                : "✖ %s is not %s".formatted(read, parts);
    }

    private void latency() {
        var latency = report.runs().latency();
        line(
                "latency",
                latency.samples() == 0
                        ? "%s (%s)".formatted(Figures.NONE, letters(latency.measured()))
                        : "p50 %s · p95 %s · p99 %s · max %s"
                                .formatted(
                                        Figures.milliseconds(latency.p50()),
                                        Figures.milliseconds(latency.p95()),
                                        Figures.milliseconds(latency.p99()),
                                        Figures.milliseconds(latency.max())));
    }

    private void convergence() {
        report.tradeOff().convergence().stream()
                .findFirst()
                .ifPresent(view -> line("converges", letters(new ConvergenceChart(view).title())));
    }

    private void cost() {
        if (!report.runs().cost().isEmpty()) {
            line(
                    "cost",
                    report.runs().cost().entrySet().stream()
                                    .map(mode -> mode.getKey().word() + " "
                                            + Figures.decimals(mode.getValue().cpuSecondsPerMillion(), 1))
                                    .collect(Collectors.joining(" · "))
                            + " CPU-seconds a million events");
        }
    }

    private void throughput() {
        if (!report.runs().throughput().isEmpty()) {
            line(
                    "throughput",
                    report.runs().throughput().entrySet().stream()
                            .map(mode -> mode.getKey().word() + " "
                                    + Figures.perSecond(mode.getValue().eventsPerSecond()))
                            .collect(Collectors.joining(" · ")));
        }
    }

    private void targets() {
        var first = true;
        for (var target : report.targets()) {
            var met = met(target);
            line(
                    first ? "targets" : "",
                    "%s %s: asked %s, reached %s"
                            .formatted(
                                    met, letters(target.name()), letters(target.asked()), letters(target.reached())));
            first = false;
        }
    }

    private String met(Report.Target target) {
        if (!target.measured()) {
            return coloured(colour(Verdict.PENDING), "◌ open");
        }
        return target.met() ? coloured(colour(Verdict.AGREE), "✔ met") : coloured(colour(Verdict.DISAGREE), "✖ missed");
    }

    private void line(String label, String text) {
        lines.add(String.format(Locale.ROOT, "  %-12s%s", label, text));
    }

    /** Without what would move the cursor, colour the rest of the screen or turn the letters around. */
    private static String letters(String text) {
        return text.codePoints()
                .map(point -> Escaped.forbidden(point)
                                || Escaped.turnsDirection(point)
                                || point == '\n'
                                || point == '\r'
                                || point == '\t'
                        ? ' '
                        : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String coloured(int colour, String text) {
        return ink == Ink.PLAIN ? text : "\u001B[1;%dm%s\u001B[0m".formatted(colour, text);
    }

    /** Of the sixteen colours that each terminal's owner has chosen to be readable. */
    private static int colour(Verdict verdict) {
        return switch (verdict) {
            case AGREE, AGREE_WITH_CAUSES -> 32;
            case WITHIN_TOLERANCE -> 33;
            case DISAGREE -> 31;
            case PENDING -> 90;
        };
    }
}
