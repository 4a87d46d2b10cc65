package dev.tandem.parity.report;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Every chart that a report gives rise to; those of which nothing is known are absent. */
record Charts(
        Optional<HeatStrip> windows,
        List<ViewCharts> views,
        Optional<BarsChart> latency,
        Optional<ConvergenceChart> convergence,
        Optional<BarsChart> throughput,
        Optional<ConservationChart> conservation,
        List<String> formats) {

    /** What is drawn of one view. */
    record ViewCharts(Series series, Optional<OverlayChart> overlay, Optional<KeysChart> keys) {}

    private static final int MOST_VIEWS = 8;

    /** {@code formats} are the endings of the files that each chart is written to. */
    static Charts of(Report report, List<String> formats) {
        var series = Series.of(report);
        return new Charts(
                series.isEmpty() ? Optional.empty() : Optional.of(new HeatStrip(series)),
                views(series.stream().limit(MOST_VIEWS).toList()),
                latency(report),
                report.tradeOff().convergence().stream().findFirst().map(ConvergenceChart::new),
                throughput(report),
                report.runs().conservation().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ConservationChart(report.runs().conservation())),
                formats);
    }

    List<Chart> all() {
        var all = new ArrayList<Chart>();
        windows.ifPresent(all::add);
        for (var view : views) {
            view.overlay().ifPresent(all::add);
            view.keys().ifPresent(all::add);
        }
        Stream.of(latency, convergence, throughput, conservation)
                .flatMap(Optional::stream)
                .forEach(all::add);
        return all;
    }

    private static List<ViewCharts> views(List<Series> series) {
        var charts = new ArrayList<ViewCharts>();
        var words = new HashSet<String>();
        for (var view : series) {
            var word = fileWord(view.view());
            var name = words.add(word) ? word : word + "-" + (charts.size() + 1);
            charts.add(new ViewCharts(
                    view,
                    view.isLine() ? Optional.of(new OverlayChart(view, name + "-windows")) : Optional.empty(),
                    view.worstCompared()
                            .filter(line -> line.largest().size() > 1)
                            .map(line -> new KeysChart(line, name + "-keys"))));
        }
        return charts;
    }

    /** A view's name as part of a file name on any system. */
    private static String fileWord(String view) {
        var word = view.replaceAll("[^A-Za-z0-9_-]", "_");
        return word.substring(0, Math.min(60, word.length()));
    }

    private static Optional<BarsChart> latency(Report report) {
        var latency = report.runs().latency();
        var bars = List.of(
                new BarsChart.Bar("median", latency.p50(), Paint.STREAM),
                new BarsChart.Bar("p95", latency.p95(), Paint.STREAM),
                new BarsChart.Bar("p99", latency.p99(), Paint.STREAM),
                new BarsChart.Bar("max", latency.max(), Paint.STREAM));
        if (latency.samples() == 0 || bars.stream().anyMatch(bar -> !Double.isFinite(bar.value()))) {
            return Optional.empty();
        }
        var heading = new BarsChart.Heading(
                "latency",
                "95 of 100 samples took at most " + Figures.milliseconds(latency.p95()),
                latency.measured() + " · " + Figures.count(latency.samples(), "sample"));
        var target = AskedTargets.latencyMilliseconds(report.targets());
        return Optional.of(new BarsChart(heading, new BarsChart.Content(bars, target, Figures::milliseconds)));
    }

    private static Optional<BarsChart> throughput(Report report) {
        var bars = report.runs().throughput().entrySet().stream()
                .filter(mode -> Double.isFinite(mode.getValue().eventsPerSecond()))
                .map(mode -> new BarsChart.Bar(
                        mode.getKey().word(),
                        mode.getValue().eventsPerSecond(),
                        mode.getKey() == Mode.BATCH ? Paint.BATCH : Paint.STREAM))
                .toList();
        if (bars.isEmpty()) {
            return Optional.empty();
        }
        var heading = new BarsChart.Heading(
                "throughput",
                throughputTitle(bars),
                throughputSubtitle(report.runs().throughput()));
        return Optional.of(
                new BarsChart(heading, new BarsChart.Content(bars, OptionalDouble.empty(), Figures::perSecond)));
    }

    private static String throughputTitle(List<BarsChart.Bar> bars) {
        var slow = bars.stream().min(Comparator.comparing(BarsChart.Bar::value)).orElseThrow();
        var fast = bars.stream().max(Comparator.comparing(BarsChart.Bar::value)).orElseThrow();
        var times = fast.value() / slow.value();
        return bars.size() < 2 || !Double.isFinite(times)
                ? "The %s gets through %s".formatted(fast.label(), Figures.perSecond(fast.value()))
                : "The %s gets through %s times the events of the %s in a second"
                        .formatted(fast.label(), Figures.decimals(times, 1), slow.label());
    }

    private static String throughputSubtitle(Map<Mode, Report.Throughput> modes) {
        var told = modes.entrySet().stream()
                .map(mode ->
                        "%s %s".formatted(mode.getKey().word(), mode.getValue().measured()))
                .toList();
        return "events per second · " + String.join("; ", told);
    }
}
