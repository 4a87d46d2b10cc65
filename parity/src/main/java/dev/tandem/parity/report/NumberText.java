package dev.tandem.parity.report;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells numbers from text in values that a sink handed over as text. */
final class NumberText {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,60}(\\.\\d{1,60})?([eE][-+]?\\d{1,3})?");

    private NumberText() {}

    /** Empty when {@code text} is anything but a decimal number of reasonable length. */
    static Optional<BigDecimal> read(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }
}
