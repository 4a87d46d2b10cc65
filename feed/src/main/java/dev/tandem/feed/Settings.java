package dev.tandem.feed;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a model was told, read as what it must be; what was not told is as usual. */
record Settings(String model, Map<String, String> given) {

    static Settings of(Generation generation) {
        return new Settings(generation.model(), generation.settings());
    }

    /** A whole number of at least {@code least}. */
    int whole(String name, int usual, int least) {
        var number = read(name, "a whole number", Integer::valueOf).orElse(usual);
        if (number < least) {
            throw refusal(name, "give at least " + least);
        }
        return number;
    }

    BigDecimal decimal(String name, String usual) {
        return read(name, "a number", BigDecimal::new).orElseGet(() -> new BigDecimal(usual));
    }

    LocalDate date(String name, String usual) {
        return read(name, "a date such as " + usual, LocalDate::parse).orElseGet(() -> LocalDate.parse(usual));
    }

    /** A duration in the form of ISO 8601, such as {@code PT3M}. */
    Duration duration(String name, Duration usual) {
        return read(name, "a duration such as " + usual, Duration::parse).orElse(usual);
    }

    String text(String name, String usual) {
        return given.getOrDefault(name, usual);
    }

    IllegalArgumentException refusal(String name, String hint) {
        return new IllegalArgumentException("Cannot generate '%s': the setting %s cannot be '%s'; %s"
                .formatted(model, name, given.get(name), hint));
    }

    private <T> Optional<T> read(String name, String kind, Function<String, T> reading) {
        try {
            return Optional.ofNullable(given.get(name)).map(reading);
        } catch (NumberFormatException | DateTimeException e) {
            throw refusal(name, "give " + kind);
        }
    }
}
