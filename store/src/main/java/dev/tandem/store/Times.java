package dev.tandem.store;

import dev.tandem.model.Instants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Between the moments of the fold (microseconds, with numbers that mean never) and columns that hold a time or nothing. */
final class Times {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    /** {@code value} is an Instant, or a number of microseconds since 1970. */
    static Instant instant(Object value) {
        return value instanceof Instant instant ? instant : Instants.ofMicros(((Number) value).longValue());
    }

    /** Empty for {@link Long#MIN_VALUE}, with which the fold says: none yet. */
    static @Nullable Instant unlessNone(long micros) {
        return micros == Long.MIN_VALUE ? null : Instants.ofMicros(micros);
    }

    static long orNone(@Nullable Instant time) {
        return time == null ? Long.MIN_VALUE : Instants.micros(time);
    }

    /**
     * An arrival time that every database can hold. Producers may set any number; what is beyond the years 1 to 9999 becomes the
     * nearest moment within, which no rule distinguishes from the original, since event times have the same bounds.
     */
    static Instant arrival(long millis) {
        var time = Instant.ofEpochMilli(millis);
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
