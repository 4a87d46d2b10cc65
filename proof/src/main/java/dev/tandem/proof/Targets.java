package dev.tandem.proof;

import dev.tandem.model.Durations;
import dev.tandem.model.Plans;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
        asked.latencyP95()
                .ifPresent(most -> targets.add(new Report.Target(
                        "latency p95",
                        "at most " + Durations.told(most),
                        String.format(Locale.ROOT, "%,.0f ms", facts.latency().p95()),
                        facts.latency().p95() <= most.toMillis())));
        asked.perSecond().ifPresent(rate -> {
            var reached = facts.throughput().get("stream");
            double perSecond = reached == null ? 0 : reached.eventsPerSecond();
            targets.add(new Report.Target(
                    "throughput",
                    "at least %s events/s".formatted(rate.toPlainString()),
                    String.format(Locale.ROOT, "%,.0f events/s", perSecond),
                    BigDecimal.valueOf(perSecond).compareTo(rate) >= 0));
        });
        return targets;
    }
}
