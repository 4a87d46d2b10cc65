package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import dev.tandem.parity.Report.Conservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** How late the stream is, what each mode costs, and what proves it all. */
final class RunSections {
    private static final Map<String, String> STAGES = Map.of(
            "waiting", "arrival → its micro-batch begins",
            "computing", "read, prepared and folded",
            "committing", "outputs and database have it");

    private final Report report;
    private final Charts charts;

    RunSections(Report report, Charts charts) {
        this.report = report;
        this.charts = charts;
    }

    Html howLate() {
        var content = new ArrayList<Html>();
        content.add(latency());
        if (!report.runs().latency().stages().isEmpty()) {
            content.add(Blocks.panel("What a record waits for", stages()));
        }
        charts.convergence().ifPresent(chart -> content.add(Blocks.figure(chart, convergence(), charts.formats())));
        return Blocks.folded(
                "how-late",
                "How late is the stream?",
                "The time from an event to the result that counts it, and how fast a window's numbers become right.",
                Html.joined(content));
    }

    private Html latency() {
        return charts.latency()
                .map(chart -> Blocks.figure(chart, latencies(), charts.formats()))
                .orElseGet(() -> Blocks.empty(
                        WindowStatus.OPEN,
                        "No latency was measured",
                        report.runs().latency().measured()));
    }

    private Html stages() {
        var table = Table.named("Latency by stage")
                .text("Stage")
                .number("p50")
                .number("p95")
                .number("p99")
                .number("max");
        report.runs()
                .latency()
                .stages()
                .forEach(stage -> table.row(
                        STAGES.getOrDefault(stage.name(), stage.name()),
                        Figures.milliseconds(stage.p50()),
                        Figures.milliseconds(stage.p95()),
                        Figures.milliseconds(stage.p99()),
                        Figures.milliseconds(stage.max())));
        return table.html();
    }

    private Html convergence() {
        var table = Table.named("Convergence")
                .text("View")
                .number("Windows")
                .number("At the end")
                .number("After 1 s")
                .number("After 1 min")
                .number("99 % right after")
                .number("Missing for good");
        report.tradeOff()
                .convergence()
                .forEach(view -> table.row(
                        view.view(),
                        Figures.grouped(view.windows()),
                        ConvergenceChart.percent(errorAt(view, 0)),
                        ConvergenceChart.percent(errorAt(view, 1)),
                        ConvergenceChart.percent(errorAt(view, 60)),
                        view.nearlyRight()
                                .map(seconds -> Figures.milliseconds(seconds * 1_000))
                                .orElse("never"),
                        ConvergenceChart.percent(view.finalErrorPercent())));
        return table.html();
    }

    private static double errorAt(Report.Convergence view, double seconds) {
        return view.steps().stream()
                .filter(step -> step.seconds() <= seconds)
                .reduce((earlier, later) -> later)
                .map(Report.ConvergenceStep::errorPercent)
                .orElse(100.0);
    }

    private Html latencies() {
        var latency = report.runs().latency();
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
        var content = new ArrayList<Html>();
        content.add(charts.throughput()
                .map(chart -> Blocks.figure(chart, throughputs(), charts.formats()))
                .orElseGet(() -> Blocks.empty(
                        WindowStatus.OPEN, "No throughput was measured", "Neither mode told how long it took.")));
        if (!report.runs().cost().isEmpty()) {
            content.add(Blocks.panel("What each mode used", costs()));
        }
        report.tradeOff()
                .breakEven()
                .ifPresent(it ->
                        content.add(Blocks.panel("Would a batch do?", Html.of("<p>{}</p>", BreakEvenSentence.of(it)))));
        return Blocks.folded(
                "cost",
                "What does it cost?",
                "What each mode gets through in a second, and what it uses of the machine for it.",
                Html.joined(content));
    }

    private Html costs() {
        var table = Table.named("Cost")
                .text("Mode")
                .number("CPU seconds")
                .number("for a million events")
                .number("Wall time")
                .number("Fullest heap")
                .number("State")
                .number("Bytes moved, a million events");
        report.runs()
                .cost()
                .forEach((mode, cost) -> table.row(
                        Blocks.mode(mode),
                        Figures.decimals(cost.cpuSeconds(), 2),
                        Figures.decimals(cost.cpuSecondsPerMillion(), 1),
                        Figures.seconds(cost.wallSeconds()),
                        Figures.bytes(cost.peakHeapBytes()),
                        cost.stateRows() == 0
                                ? Figures.NONE
                                : Figures.count(cost.stateRows(), "row") + ", " + Figures.bytes(cost.stateBytes()),
                        Figures.bytes(cost.movedBytesPerMillion())));
        return Html.of(
                "{}<p>Processor time is that of Spark's tasks and of the thread that drives them; the virtual machine's compiler and collector are not in it. The heap is the whole process's.</p>",
                table.html());
    }

    private Html throughputs() {
        var table = Table.named("Throughput")
                .text("Mode")
                .number("Events per second")
                .number("Events")
                .number("Time")
                .text("Measured");
        report.runs()
                .throughput()
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
        return Blocks.folded(
                "proof",
                "What proves it?",
                "Both modes read the same records up to the same cut, and no record is lost: read = the sum of all fates.",
                Html.joined(content));
    }

    private Html conservation() {
        var table = Table.named("Conservation").text("Fate");
        report.runs().conservation().keySet().forEach(mode -> table.number(mode.word()));
        for (var fate : Fate.values()) {
            table.row(cells(fate.word(), fate::in));
        }
        table.row(cells("sum", Conservation::sum));
        table.row(cells(Fate.READ, Conservation::read));
        return table.html();
    }

    private Object[] cells(String label, ToLongFunction<Conservation> records) {
        var cells = new ArrayList<Object>(List.of(label));
        report.runs()
                .conservation()
                .values()
                .forEach(counts -> cells.add(Figures.grouped(records.applyAsLong(counts))));
        return cells.toArray();
    }

    private Html sums() {
        var lines = report.runs().conservation().entrySet().stream()
                .map(mode -> Html.of(
                        "<li>{} <span class=\"sum\">{} read {} {}</span> {}</li>",
                        Blocks.mode(mode.getKey()),
                        Figures.grouped(mode.getValue().read()),
                        mode.getValue().balances() ? "=" : "≠",
                        addends(mode.getValue()),
                        mode.getValue().balances()
                                ? Blocks.status(WindowStatus.AGREE, "balances")
                                : Blocks.status(WindowStatus.UNEXPLAINED, "does not balance")))
                .toList();
        return lines.isEmpty()
                ? Blocks.empty(WindowStatus.OPEN, "No record was counted", "The runs left no ledger.")
                : Blocks.panel("The sum, per mode", Html.of("<ul class=\"sums\">{}</ul>", Html.joined(lines)));
    }

    private static String addends(Conservation counts) {
        var addends = Fate.occurringIn(counts).stream()
                .map(fate -> Figures.grouped(fate.in(counts)) + " " + fate.word())
                .collect(Collectors.joining(" + "));
        return addends.isEmpty() ? "0" : addends;
    }

    private Html quarantine() {
        if (report.refusals().quarantine().isEmpty()) {
            return Html.of("<p>No record was quarantined.</p>");
        }
        var table = Table.named("Quarantine").text("Rule").number("Records");
        report.refusals()
                .quarantine()
                .forEach((rule, records) -> table.row(Figures.shortened(rule), Figures.grouped(records)));
        return table.html();
    }

    private Html cut() {
        var cut = report.subject().cut();
        var table = Table.named("The cut")
                .text("Partition")
                .number("Read up to position")
                .text("First event")
                .text("Last event")
                .number("Late");
        cut.positions().forEach((partition, position) -> {
            var times = Optional.ofNullable(cut.times().get(partition));
            table.row(
                    partition,
                    Figures.grouped(position),
                    times.map(it -> Figures.moment(it.first())).orElse(Figures.NONE),
                    times.map(it -> Figures.moment(it.last())).orElse(Figures.NONE),
                    times.map(it -> Figures.grouped(it.late())).orElse(Figures.NONE));
        });
        return Html.of(
                "<p>Micro-batch {}, {}.</p>{}",
                Figures.grouped(cut.microBatch()),
                Figures.count(cut.records(), "record"),
                cut.positions().isEmpty() ? Html.EMPTY : table.html());
    }

    private Html madeWith() {
        var table = Table.named("Made with").text("What").text("Version");
        table.row("definition", Html.of("<code>{}</code>", report.subject().definition()));
        table.row("report", "schema " + Report.SCHEMA_VERSION);
        report.provenance().versions().forEach((what, version) -> table.row(what, version));
        return table.html();
    }

    private Html commands() {
        return report.provenance().commands().isEmpty()
                ? Html.of("<p>– No command was recorded.</p>")
                : Html.of(
                        "<pre tabindex=\"0\"><code>{}</code></pre>",
                        String.join("\n", report.provenance().commands()));
    }
}
