package dev.tandem.proof.report;

import dev.tandem.proof.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How late the stream is, what each mode costs, and what proves it all. */
final class RunSections {
    private final Report report;
    private final Charts charts;

    RunSections(Report report, Charts charts) {
        this.report = report;
        this.charts = charts;
    }

    Html howLate() {
        var content = charts.latency()
                .map(chart -> Blocks.figure(chart, latencies(), charts.formats()))
                .orElseGet(() -> Blocks.empty(
                        WindowStatus.OPEN,
                        "No latency was measured",
                        report.latency().measured()));
        return Blocks.section(
                "how-late", "How late is the stream?", "The time from an event to the result that counts it.", content);
    }

    private Html latencies() {
        var latency = report.latency();
        return Table.named("Latency")
                .number("Samples")
                .number("p50")
                .number("p95")
                .number("p99")
                .number("max")
                .row(
                        Figures.grouped(latency.samples()),
                        Figures.milliseconds(latency.p50()),
                        Figures.milliseconds(latency.p95()),
                        Figures.milliseconds(latency.p99()),
                        Figures.milliseconds(latency.max()))
                .html();
    }

    Html whatItCosts() {
        var content = charts.throughput()
                .map(chart -> Blocks.figure(chart, throughputs(), charts.formats()))
                .orElseGet(() -> Blocks.empty(
                        WindowStatus.OPEN, "No throughput was measured", "Neither mode told how long it took."));
        return Blocks.section(
                "cost", "What does it cost?", "The events that each mode gets through in a second.", content);
    }

    private Html throughputs() {
        var table = Table.named("Throughput")
                .text("Mode")
                .number("Events per second")
                .number("Events")
                .number("Time")
                .text("Measured");
        report.throughput()
                .forEach((mode, throughput) -> table.row(
                        Blocks.mode(mode),
                        Figures.perSecond(throughput.eventsPerSecond()),
                        Figures.grouped(throughput.events()),
                        Figures.seconds(throughput.seconds()),
                        throughput.measured()));
        return table.html();
    }

    Html proof() {
        var content = new ArrayList<Html>();
        charts.conservation().ifPresent(chart -> content.add(Blocks.figure(chart, conservation(), charts.formats())));
        content.add(sums());
        content.add(Blocks.panel("Quarantine", quarantine()));
        content.add(Html.of(
                "<div class=\"side\">{}{}</div>",
                Blocks.panel("The cut", cut()),
                Blocks.panel("Made with", madeWith())));
        content.add(Blocks.panel("Do it again", commands()));
        return Blocks.section(
                "proof",
                "What proves it?",
                "Both modes read the same records up to the same cut, and no record is lost: read = the sum of all fates.",
                Html.joined(content));
    }

    private Html conservation() {
        var table = Table.named("Conservation").text("Fate");
        report.conservation().keySet().forEach(table::number);
        for (var fate : Fate.values()) {
            table.row(cells(fate.word(), counts -> fate.in(counts)));
        }
        table.row(cells("sum", Fate::sum));
        table.row(cells(Fate.READ, counts -> counts.getOrDefault(Fate.READ, 0L)));
        return table.html();
    }

    private interface Counting {
        long in(Map<String, Long> counts);
    }

    private Object[] cells(String label, Counting counting) {
        var cells = new ArrayList<Object>(List.of(label));
        report.conservation().values().forEach(counts -> cells.add(Figures.grouped(counting.in(counts))));
        return cells.toArray();
    }

    private Html sums() {
        var lines = report.conservation().entrySet().stream()
                .map(mode -> Html.of(
                        "<li>{} <span class=\"sum\">{} read {} {}</span> {}</li>",
                        Blocks.mode(mode.getKey()),
                        Figures.grouped(mode.getValue().getOrDefault(Fate.READ, 0L)),
                        Fate.balances(mode.getValue()) ? "=" : "≠",
                        addends(mode.getValue()),
                        Fate.balances(mode.getValue())
                                ? Blocks.status(WindowStatus.AGREE, "balances")
                                : Blocks.status(WindowStatus.UNEXPLAINED, "does not balance")))
                .toList();
        return lines.isEmpty()
                ? Blocks.empty(WindowStatus.OPEN, "No record was counted", "The runs left no ledger.")
                : Blocks.panel("The sum, per mode", Html.of("<ul class=\"sums\">{}</ul>", Html.joined(lines)));
    }

    private static String addends(Map<String, Long> counts) {
        var addends = Fate.occurringIn(counts).stream()
                .map(fate -> Figures.grouped(fate.in(counts)) + " " + fate.word())
                .collect(Collectors.joining(" + "));
        return addends.isEmpty() ? "0" : addends;
    }

    private Html quarantine() {
        if (report.quarantine().isEmpty()) {
            return Html.of("<p>No record was quarantined.</p>");
        }
        var table = Table.named("Quarantine").text("Rule").number("Records");
        report.quarantine()
                .forEach((rule, told) ->
                        table.row(Figures.shortened(rule), Blocks.foreign(Figures.shortened(Figures.measure(told)))));
        return table.html();
    }

    private Html cut() {
        var table = Table.named("The cut").text("Partition").number("Read up to position");
        report.cut().positions().forEach((partition, position) -> table.row(partition, Figures.grouped(position)));
        return Html.of(
                "<p>Micro-batch {}, {}.</p>{}",
                Figures.grouped(report.cut().microBatch()),
                Figures.count(report.cut().records(), "record"),
                report.cut().positions().isEmpty() ? Html.EMPTY : table.html());
    }

    private Html madeWith() {
        var table = Table.named("Made with").text("What").text("Version");
        table.row("definition", Html.of("<code>{}</code>", report.definition()));
        table.row("report", "schema " + report.schemaVersion());
        report.versions().forEach((what, version) -> table.row(what, version));
        return table.html();
    }

    private Html commands() {
        return report.commands().isEmpty()
                ? Html.of("<p>– No command was recorded.</p>")
                : Html.of("<pre tabindex=\"0\"><code>{}</code></pre>", String.join("\n", report.commands()));
    }
}
