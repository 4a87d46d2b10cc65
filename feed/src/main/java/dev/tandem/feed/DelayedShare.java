package dev.tandem.feed;

import java.time.Duration;

/** A share of the events and how long each of them is held back: between two durations, both included. */
public record DelayedShare(double share, Duration from, Duration to) {

    static final DelayedShare NONE = new DelayedShare(0, Duration.ofSeconds(1), Duration.ofSeconds(1));

    public DelayedShare {
        FaultPlan.checkShare("delayed", share);
        if (from.isNegative() || from.compareTo(to) > 0) {
            throw new IllegalArgumentException(
                    "Cannot delay from %s to %s: a delay is not negative and grows; write the shorter one first"
                            .formatted(from, to));
        }
    }

    /** As many delays of seconds as of minutes: the logarithm is spread evenly. Nanoseconds, for a chance in [0, 1). */
    long logUniform(double chance) {
        var shortest = Math.max(1, from.toNanos());
        var ratio = (double) Math.max(1, to.toNanos()) / shortest;
        return Math.min(to.toNanos(), (long) (shortest * StrictMath.pow(ratio, chance)));
    }

    /** Every delay alike. Nanoseconds, for a chance in [0, 1). */
    long uniform(double chance) {
        return from.toNanos() + (long) (to.minus(from).toNanos() * chance);
    }
}
