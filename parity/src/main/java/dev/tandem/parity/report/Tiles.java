package dev.tandem.parity.report;

import dev.tandem.parity.Cause;
import dev.tandem.parity.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The five numbers that decide, each with what it is measured against. */
final class Tiles {
    private final Report report;

    private Tiles(Report report) {
        this.report = report;
    }

    static Html of(Report report) {
        var tiles = new Tiles(report);
        return Html.of(
                "<section id=\"tiles\" aria-label=\"The numbers that decide\"><dl>{}</dl></section>",
                Html.joined(List.of(
                        tiles.agreement(), tiles.unexplained(), tiles.records(), tiles.latency(), tiles.throughput())));
    }

    private static Html tile(String name, Object value, Object foot) {
        return Html.of(
                "<div class=\"tile\"><dt>{}</dt><dd class=\"value\">{}</dd><dd class=\"foot\">{}</dd></div>",
                name,
                value,
                foot);
    }

    private Html agreement() {
        var accuracy = report.agreement().accuracy();
        if (accuracy.comparedRows() == 0) {
            return tile("Agreement", Figures.NONE, "no row is final in both modes yet");
        }
        return tile(
                "Agreement",
                Figures.flooredPercent(accuracy.percent()),
                "%s of %s; mean difference %s"
                        .formatted(
                                Figures.grouped(accuracy.agreeingRows()),
                                Figures.count(accuracy.comparedRows(), "row"),
                                Figures.percent(accuracy.meanDifferencePercent())));
    }

    private Html unexplained() {
        if (report.agreement().accuracy().comparedRows() == 0) {
            return tile("Unexplained", Figures.NONE, "nothing was compared");
        }
        var status = report.unexplained() == 0 ? WindowStatus.AGREE : WindowStatus.UNEXPLAINED;
        var told = report.unexplained() == 0 ? "every difference has its cause" : "a defect in Tandem: please tell us";
        return tile(
                "Unexplained",
                Html.of(
                        "<span class=\"{}\"><span aria-hidden=\"true\">{}</span> {}</span>",
                        status.code(),
                        Blocks.sign(status.icon()),
                        Figures.grouped(report.unexplained())),
                told);
    }

    /** Records in open windows are told apart: they wait, they do not differ. */
    private Html records() {
        if (report.agreement().accuracy().comparedRows() == 0) {
            return tile("Records behind differences", Figures.NONE, "nothing was compared");
        }
        var differing = report.causes().entrySet().stream()
                .filter(cause -> cause.getKey() != Cause.OPEN)
                .toList();
        var records = differing.stream()
                .mapToLong(cause -> cause.getValue().records())
                .sum();
        var told = new ArrayList<>(differing.stream()
                .map(cause -> cause.getKey().code() + " "
                        + Figures.grouped(cause.getValue().records()))
                .toList());
        Optional.ofNullable(report.causes().get(Cause.OPEN))
                .ifPresent(open -> told.add(Figures.grouped(open.records()) + " more in open windows"));
        return tile(
                "Records behind differences",
                Figures.grouped(records),
                told.isEmpty() ? "there is no difference" : String.join("; ", told));
    }

    private Html latency() {
        var latency = report.runs().latency();
        if (latency.samples() == 0 || !Double.isFinite(latency.p95())) {
            return tile("Latency p95", Figures.NONE, latency.measured());
        }
        return tile(
                "Latency p95",
                Figures.milliseconds(latency.p95()),
                AskedTargets.latency(report.targets())
                        .map(Tiles::against)
                        .orElseGet(() -> Html.of("of the stream; no target is set")));
    }

    private static Html against(Report.Target target) {
        return Html.of("{} target: {}", Blocks.met(target), target.asked());
    }

    private Html throughput() {
        if (report.runs().throughput().isEmpty()) {
            return tile("Throughput", Figures.NONE, "not measured in this run");
        }
        var modes = report.runs().throughput().entrySet().stream()
                .map(mode -> Html.of(
                        "<span class=\"pair\">{} {}</span>",
                        Blocks.mode(mode.getKey()),
                        Figures.perSecond(mode.getValue().eventsPerSecond())))
                .toList();
        return tile(
                "Throughput",
                Html.joined(modes),
                AskedTargets.throughput(report.targets())
                        .map(Tiles::against)
                        .orElseGet(() -> Html.of("events per second")));
    }
}
