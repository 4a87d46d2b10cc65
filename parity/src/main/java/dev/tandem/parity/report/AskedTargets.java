package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Finds among the targets, which are told in words, the one that a chart can draw as a line. */
final class AskedTargets {
    private static final Pattern TIME = Pattern.compile(
            "(?<amount>\\d{1,12}(?:\\.\\d{1,6})?)\\s*(?<unit>milliseconds?|ms|seconds?|sec|s|minutes?|min|m|hours?|h)\\b");

    private AskedTargets() {}

    static Optional<Report.Target> latency(List<Report.Target> targets) {
        return named(targets, "latency");
    }

    static Optional<Report.Target> throughput(List<Report.Target> targets) {
        return named(targets, "throughput");
    }

    /** Empty when there is no such target or its words hold no time. */
    static OptionalDouble latencyMilliseconds(List<Report.Target> targets) {
        return latency(targets).map(target -> milliseconds(target.asked())).orElseGet(OptionalDouble::empty);
    }

    /** As in {@code at most 1 minute 30 seconds}. */
    private static OptionalDouble milliseconds(String asked) {
        var parts = TIME.matcher(asked);
        var total = OptionalDouble.empty();
        while (parts.find()) {
            var amount = new BigDecimal(parts.group("amount")).doubleValue() * unit(parts.group("unit"));
            total = OptionalDouble.of(total.orElse(0) + amount);
        }
        return total;
    }

    private static double unit(String name) {
        return switch (name.charAt(0)) {
            case 'h' -> 3_600_000;
            case 's' -> 1_000;
            default -> name.equals("ms") || name.startsWith("milli") ? 1 : 60_000;
        };
    }

    private static Optional<Report.Target> named(List<Report.Target> targets, String word) {
        return targets.stream().filter(target -> target.name().contains(word)).findFirst();
    }
}
