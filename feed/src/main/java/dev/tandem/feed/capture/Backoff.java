package dev.tandem.feed.capture;

import java.time.Duration;

/**
 * How long to wait before connecting again: twice as long after each failure up to a cap, less a part drawn by chance, so that many
 * clients of a server that comes back do not come at once.
 *
 * @param jitter the largest part to take off, from 0 to 1
 */
public record Backoff(Duration first, Duration cap, double jitter) {

    public Backoff {
        if (first.isNegative() || first.compareTo(cap) > 0 || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException(
                    "Cannot wait from %s to %s less a part of %s: a wait is not negative and grows, a part is between 0 and 1;"
                                    .formatted(first, cap, jitter)
                            + " write the shorter one first");
        }
    }

    /** From one second to one minute, less up to a half. */
    public static Backoff usual() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.5);
    }

    /** The wait after so many failures in a row, from 1; for a chance in [0, 1). */
    Duration after(int failures, double chance) {
        var longest = (double) first.toNanos() * StrictMath.pow(2, Math.min(failures - 1, 40));
        return Duration.ofNanos((long) (Math.min(longest, (double) cap.toNanos()) * (1 - jitter * chance)));
    }
}
