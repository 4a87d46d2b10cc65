package dev.tandem.diff.table;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far two numbers may be apart and still count as equal.
 *
 * @param shown as a person wrote it
 */
public record Tolerance(String shown, BigDecimal amount, Measure measure) {
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,30}(?:\\.\\d{1,30})?(?:[eE][-+]?\\d{1,3})?)\\s*(%|relative)?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** What the amount is measured in. */
    public enum Measure {
        ABSOLUTE,
        /** A share of the larger of the two. */
        RELATIVE
    }

    /** Reads {@code 0.01}, {@code 1e-9 relative} or {@code 1%}; empty for anything else. */
    public static Optional<Tolerance> read(String text) {
        var matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var amount = new BigDecimal(matcher.group(1));
        var unit = Optional.ofNullable(matcher.group(2)).orElse("");
        return Optional.of(
                switch (unit) {
                    case "%" -> new Tolerance(text.strip(), amount.divide(HUNDRED), Measure.RELATIVE);
                    case "relative" -> new Tolerance(text.strip(), amount, Measure.RELATIVE);
                    default -> new Tolerance(text.strip(), amount, Measure.ABSOLUTE);
                });
    }

    /** SQL that is true where two numbers that are there are near enough; sums of doubles get their last bit for free. */
    String within(String left, String right) {
        var larger = "greatest(abs(%s::DOUBLE), abs(%s::DOUBLE))".formatted(left, right);
        var limit = amount.toPlainString() + "::DOUBLE";
        return "abs(%s::DOUBLE - %s::DOUBLE) <= %s + 4e-16 * %s"
                .formatted(right, left, measure == Measure.ABSOLUTE ? limit : limit + " * " + larger, larger);
    }
}
