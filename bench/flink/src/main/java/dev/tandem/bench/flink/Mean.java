package dev.tandem.bench.flink;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** An average that is kept as sum and count, so that it can be added to and is rounded once. */
public record Mean(long sum, long count) {
    static final Mean NONE = new Mean(0, 0);
    private static final int PLACES = 6;

    /** This average with one value more, unless the value is unknown. */
    Mean with(int value) {
        return value == Tweet.UNKNOWN ? this : new Mean(sum + value, count + 1);
    }

    Mean plus(Mean other) {
        return new Mean(sum + other.sum, count + other.count);
    }

    /** Six decimal places, half up; empty where no value is known. */
    Optional<BigDecimal> value() {
        return count == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), PLACES, RoundingMode.HALF_UP));
    }
}
