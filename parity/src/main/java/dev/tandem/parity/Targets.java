package dev.tandem.parity;

import dev.tandem.model.Durations;
import dev.tandem.model.Mode;
import dev.tandem.model.Plans;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the definition's owner asked for, held against what was reached. */
record Targets(Plans.Targets asked) {
    List<Report.Target> checked(Report.Agreement agreement, Report.Runs runs) {
        var targets = new ArrayList<Report.Target>();
        asked.parityPercent().ifPresent(percent -> {
            var mean = agreement.accuracy().meanDifferencePercent();
            targets.add(new Report.Target(
                    "parity",
                    "at most %s %% apart".formatted(percent.toPlainString()),
                    "%s %% (weighted mean of the worst measure)"
                            .formatted(mean.setScale(3, RoundingMode.UP).toPlainString()),
                    mean.compareTo(percent) <= 0));
        });
        asked.measures().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(it -> targets.add(measure(it.getKey(), it.getValue(), agreement.views())));
        asked.latencyP95().ifPresent(most -> targets.add(latency(most, runs.latency())));
        asked.perSecond().ifPresent(rate -> targets.add(throughput(rate, runs)));
        return targets;
    }

    /** Of the view where it is worst. */
    private static Report.Target measure(String measure, BigDecimal percent, Map<String, Report.ViewCount> views) {
        var name = "parity of " + measure;
        var words = "at most %s %% apart".formatted(percent.toPlainString());
        var worst = views.values().stream()
                .filter(view -> view.compared() > 0)
                .flatMap(view -> Stream.ofNullable(view.measures().get(measure)))
                .map(Report.MeasureCount::meanPercent)
                .max(Comparator.naturalOrder());
        return worst.map(mean -> new Report.Target(
                        name,
                        words,
                        "%s %% (weighted mean)"
                                .formatted(mean.setScale(3, RoundingMode.UP).toPlainString()),
                        mean.compareTo(percent) <= 0))
                .orElseGet(() -> new Report.Target(name, words, "not measured: no closed row has it", false, false));
    }

    private static Report.Target latency(Duration most, Report.Latency measured) {
        var name = "latency p95";
        var words = "at most " + Durations.told(most);
        return measured.samples() == 0
                ? Report.Target.notMeasured(name, words)
                : new Report.Target(
                        name,
                        words,
                        String.format(Locale.ROOT, "%,.0f ms", measured.p95()),
                        measured.p95() <= most.toMillis());
    }

    private static Report.Target throughput(BigDecimal rate, Report.Runs runs) {
        var name = "throughput";
        var words = "at least %s events/s".formatted(rate.toPlainString());
        var reached = runs.throughput().get(Mode.STREAM);
        return reached == null || reached.events() == 0
                ? Report.Target.notMeasured(name, words)
                : new Report.Target(
                        name,
                        words,
                        String.format(Locale.ROOT, "%,.0f events/s", reached.eventsPerSecond()),
                        BigDecimal.valueOf(reached.eventsPerSecond()).compareTo(rate) >= 0);
    }
}
