package dev.tandem.feed;

import java.time.Duration;

/**
 * The pauses between the parts of a feed, each drawn evenly between two durations.
 *
 * @param seed tells the pauses; of no meaning where both durations are equal
 */
public record Pause(Duration from, Duration to, long seed) {

    public Pause {
        if (from.isNegative() || from.compareTo(to) > 0) {
            throw new IllegalArgumentException(
                    "Cannot pause from %s to %s: a pause is not negative and grows; write the shorter one first"
                            .formatted(from, to));
        }
    }

    public static Pause none() {
        return every(Duration.ZERO);
    }

    public static Pause every(Duration interval) {
        return new Pause(interval, interval, 0);
    }

    public static Pause between(Duration from, Duration to, long seed) {
        return new Pause(from, to, seed);
    }

    /** Nanoseconds before part {@code part}, from 1; before part 0 is no pause. */
    long before(long part) {
        var share = (Chance.PAUSE.hash(seed, part) >>> 11) * 0x1.0p-53;
        return from.toNanos() + (long) (to.minus(from).toNanos() * share);
    }
}
