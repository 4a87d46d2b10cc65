package dev.tandem.diff.attach;

import java.util.List;
import java.util.stream.LongStream;

/** Chooses, of all delays that explain a table equally well, the one that a person would have written. */
final class RoundDelay {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long[] UNITS = {
        24 * HOUR,
        12 * HOUR,
        6 * HOUR,
        HOUR,
        30 * MINUTE,
        15 * MINUTE,
        10 * MINUTE,
        5 * MINUTE,
        MINUTE,
        30 * SECOND,
        15 * SECOND,
        10 * SECOND,
        5 * SECOND,
        SECOND,
        SECOND / 2,
        SECOND / 10,
        SECOND / 100,
        SECOND / 1_000,
        1
    };

    private RoundDelay() {}

    /** The delay {@code own} if it is one of them, else the roundest of them. */
    static long of(List<DelaySpan> delays, long own) {
        if (delays.stream().anyMatch(it -> it.holds(own))) {
            return own;
        }
        for (long unit : UNITS) {
            var found = delays.stream()
                    .flatMapToLong(span -> LongStream.of(Math.floorDiv(span.after(), unit) * unit + unit)
                            .filter(span::holds))
                    .findFirst();
            if (found.isPresent()) {
                return found.getAsLong();
            }
        }
        return delays.isEmpty() ? 0 : delays.get(0).after() + 1;
    }
}
