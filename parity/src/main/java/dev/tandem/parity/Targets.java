package dev.tandem.parity;

import dev.tandem.model.Durations;
import dev.tandem.model.Plans;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the definition's owner asked for, held against what was reached. */
record Targets(Plans.Targets asked) {
    List<Report.Target> checked(Report.Accuracy accuracy, Evidence.Facts facts) {
        var targets = new ArrayList<Report.Target>();
        asked.parityPercent().ifPresent(percent -> {
            var mean = accuracy.meanDifferencePercent();
            targets.add(new Report.Target(
                    "parity",
                    "at most %s %% apart".formatted(percent.toPlainString()),
                    "%s %% (weighted mean of the worst measure)"
                            .formatted(mean.setScale(3, RoundingMode.UP).toPlainString()),
                    mean.compareTo(percent) <= 0));
        });
        asked.latencyP95().ifPresent(most -> targets.add(latency(most, facts.latency())));
        asked.perSecond().ifPresent(rate -> targets.add(throughput(rate, facts)));
        return targets;
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

    private static Report.Target throughput(BigDecimal rate, Evidence.Facts facts) {
        var name = "throughput";
        var words = "at least %s events/s".formatted(rate.toPlainString());
        var reached = facts.throughput().get("stream");
        return reached == null || reached.events() == 0
                ? Report.Target.notMeasured(name, words)
                : new Report.Target(
                        name,
                        words,
                        String.format(Locale.ROOT, "%,.0f events/s", reached.eventsPerSecond()),
                        BigDecimal.valueOf(reached.eventsPerSecond()).compareTo(rate) >= 0);
    }
}
