package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.Report.WindowState;
import dev.tandem.parity.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison must show to let a build pass, check by check, for the formats that build servers read. The checks decide as
 * {@code verify} does.
 */
public record Gate(Report report, List<Check> checks) {
    /**
     * One thing that is checked.
     *
     * @param told what was found
     */
    public record Check(String name, Outcome outcome, String told) {}

    /** Nothing can be said where nothing was compared. */
    public enum Outcome {
        PASSED,
        FAILED,
        UNDECIDED
    }

    public static Gate of(Report report) {
        var checks = new ArrayList<Check>();
        checks.add(new Check(
                "verdict", verdict(report.verdict()), report.agreement().sentence()));
        report.agreement().views().forEach((name, view) -> checks.add(view(report, name, view)));
        targets(report, checks);
        return new Gate(report, List.copyOf(checks));
    }

    private static void targets(Report report, List<Check> checks) {
        report.targets()
                .forEach(it -> checks.add(new Check(
                        "target: " + it.name(),
                        !it.measured() ? Outcome.UNDECIDED : it.met() ? Outcome.PASSED : Outcome.FAILED,
                        "asked %s, reached %s".formatted(it.asked(), it.reached()))));
    }

    /** Decides by the windows alone that end after {@code since}, and by the targets. Views over everything have no such windows. */
    public static Gate since(Report report, Instant since) {
        var windows = report.windows().stream()
                .filter(it -> it.end().filter(end -> end.isAfter(since)).isPresent())
                .filter(it -> it.state() != WindowState.OPEN)
                .toList();
        var checks = new ArrayList<Check>();
        checks.add(windows("since " + since, windows));
        report.agreement()
                .views()
                .keySet()
                .forEach(view -> checks.add(windows(
                        "view: " + view,
                        windows.stream().filter(it -> it.view().equals(view)).toList())));
        targets(report, checks);
        return new Gate(report, List.copyOf(checks));
    }

    private static Check windows(String name, List<Report.WindowLine> windows) {
        long unexplained = windows.stream()
                .filter(it -> it.state() == WindowState.UNEXPLAINED)
                .count();
        var told = windows.isEmpty()
                ? "no window has closed since"
                : "%s, %s with unexplained differences"
                        .formatted(
                                Figures.count(windows.size(), "closed window"),
                                unexplained == 0 ? "none" : Figures.grouped(unexplained));
        return new Check(
                name, windows.isEmpty() ? Outcome.UNDECIDED : unexplained == 0 ? Outcome.PASSED : Outcome.FAILED, told);
    }

    /** Failed if any check is; else undecided if the first one is, which is about the whole. */
    public Outcome outcome() {
        return having(Outcome.FAILED) > 0 ? Outcome.FAILED : checks.get(0).outcome();
    }

    private static Outcome verdict(Verdict verdict) {
        return switch (verdict) {
            case AGREE, AGREE_WITH_CAUSES, WITHIN_TOLERANCE -> Outcome.PASSED;
            case DISAGREE -> Outcome.FAILED;
            case PENDING -> Outcome.UNDECIDED;
        };
    }

    private static Check view(Report report, String name, Report.ViewCount view) {
        long unexplained = report.windows().stream()
                .filter(it -> it.view().equals(name) && it.state() == WindowState.UNEXPLAINED)
                .count();
        var told = "%s of %s agree, %s open"
                .formatted(
                        Figures.grouped(view.agreeing()),
                        Figures.count(view.compared(), "closed row"),
                        Figures.grouped(view.open()));
        if (view.compared() == 0) {
            return new Check("view: " + name, Outcome.UNDECIDED, told);
        }
        return unexplained == 0
                ? new Check("view: " + name, Outcome.PASSED, told)
                : new Check(
                        "view: " + name,
                        Outcome.FAILED,
                        told + "; %s with unexplained differences".formatted(Figures.count(unexplained, "window")));
    }

    private long having(Outcome outcome) {
        return checks.stream().filter(it -> it.outcome() == outcome).count();
    }

    /** As JUnit's XML: a test case for each check, which most build servers show. */
    public String junit() {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.append(
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" timestamp=\"%s\">\n"
                        .formatted(
                                xml("tandem verify " + report.subject().pipeline()),
                                checks.size(),
                                having(Outcome.FAILED),
                                having(Outcome.UNDECIDED),
                                report.provenance().generatedAt().toString().replaceFirst("(\\.\\d+)?Z$", "")));
        for (var check : checks) {
            text.append("  <testcase classname=\"%s\" name=\"%s\" time=\"0\">\n"
                    .formatted(xml("tandem." + report.subject().pipeline()), xml(check.name())));
            switch (check.outcome()) {
                case PASSED -> text.append("    <system-out>%s</system-out>\n".formatted(xml(check.told())));
                case FAILED -> text.append("    <failure message=\"%s\"/>\n".formatted(xml(check.told())));
                case UNDECIDED -> text.append("    <skipped message=\"%s\"/>\n".formatted(xml(check.told())));
            }
            text.append("  </testcase>\n");
        }
        return text.append("</testsuite>\n").toString();
    }

    /** Without characters that XML cannot hold. */
    private static String xml(String text) {
        var kept = text.codePoints()
                .map(it -> Character.isISOControl(it) || it == 0xFFFE || it == 0xFFFF ? ' ' : it)
                .filter(it -> it < Character.MIN_SURROGATE || it > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Escaped.text(kept);
    }

    /** As commands of a GitHub workflow: an annotation for each check. */
    public String github() {
        var text = new StringBuilder();
        for (var check : checks) {
            var command = switch (check.outcome()) {
                case PASSED -> "notice";
                case FAILED -> "error";
                case UNDECIDED -> "warning";
            };
            text.append("::%s title=%s::%s\n"
                    .formatted(
                            command,
                            property("Tandem %s, %s".formatted(report.subject().pipeline(), check.name())),
                            data(check.told())));
        }
        return text.toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    /** As Markdown, for the summary of a build or a comment. */
    public String markdown() {
        var text = new StringBuilder();
        text.append("### %s %s: %s\n\n"
                .formatted(
                        report.verdict().icon(),
                        cell(report.subject().pipeline()),
                        ReportPage.words(report.verdict())));
        text.append(cell(report.agreement().sentence())).append("\n\n| check | | |\n|---|---|---|\n");
        for (var check : checks) {
            var sign = switch (check.outcome()) {
                case PASSED -> "✔";
                case FAILED -> "✖";
                case UNDECIDED -> "◌";
            };
            text.append("| %s | %s | %s |\n".formatted(cell(check.name()), sign, cell(check.told())));
        }
        if (!report.causes().isEmpty()) {
            text.append("\n| cause | records | rows | hint |\n|---|---:|---:|---|\n");
            report.causes()
                    .forEach((cause, count) -> text.append("| %s | %s | %s | %s |\n"
                            .formatted(
                                    cell(cause.code()),
                                    Figures.grouped(count.records()),
                                    Figures.grouped(count.rows()),
                                    cell(count.hint()))));
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replaceAll("\\p{Cntrl}", " ")
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`");
    }
}
