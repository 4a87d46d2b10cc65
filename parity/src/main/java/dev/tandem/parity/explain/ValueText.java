package dev.tandem.parity.explain;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values as a person reads them, the same in every format. */
final class ValueText {
    static final String NO_ROW = "no row";

    private static final int BAR = 20;
    private static final int SHORT_HASH = 12;

    private ValueText() {}

    /** With its sign. */
    static String amount(BigDecimal amount) {
        return amount.signum() > 0 ? "+" + plain(amount) : plain(amount);
    }

    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static String value(Optional<String> value) {
        return value.map(OneLine::of).map(it -> it.isEmpty() ? "''" : it).orElse(NO_ROW);
    }

    /** A bar as long as {@code amount} beside the largest one; a step that changes something has at least a piece. */
    static String bar(BigDecimal amount, BigDecimal largest) {
        if (amount.signum() == 0 || largest.signum() == 0) {
            return "";
        }
        double share = amount.abs().doubleValue() / largest.doubleValue();
        return "█".repeat(Math.max(1, (int) Math.round(BAR * share)));
    }

    static String key(Map<String, String> key) {
        return key.entrySet().stream()
                .map(it -> it.getKey() + "=" + OneLine.of(it.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** The two largest units. */
    static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return duration.toMillisPart() == 0
                    ? "%ds".formatted(seconds)
                    : "%d.%03ds".formatted(seconds, duration.toMillisPart());
        }
        if (seconds < 3600) {
            return "%dm %ds".formatted(seconds / 60, seconds % 60);
        }
        return seconds < 86_400
                ? "%dh %dm".formatted(seconds / 3600, seconds % 3600 / 60)
                : "%dd %dh".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }

    static String records(long count) {
        return count == 1 ? "1 record" : count + " records";
    }

    static String hash(String definition) {
        return definition.substring(0, Math.min(SHORT_HASH, definition.length()));
    }

    static String positions(Map<Integer, Long> positions) {
        return positions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(it -> it.getKey() + ":" + it.getValue())
                .collect(Collectors.joining(" "));
    }

    static String where(Explanation explanation) {
        var window = explanation
                .start()
                .map(start -> " · %s to %s".formatted(start, explanation.end().orElseThrow()))
                .orElse(" · over everything");
        var key = explanation.key().isEmpty() ? "" : " · " + key(explanation.key());
        return explanation.view() + window + key;
    }

    static String mode(Explanation.Mode mode, String verb) {
        return "micro-batch %d, read to %s, watermark %s, %s %s (%s ago), definition %s"
                .formatted(
                        mode.microBatch(),
                        positions(mode.positions()),
                        mode.watermark().map(Object::toString).orElse("none"),
                        verb,
                        mode.at(),
                        duration(mode.age()),
                        hash(mode.definition()));
    }
}
