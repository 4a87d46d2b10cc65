package dev.tandem.feed;

import java.time.Duration;

/**
 * When each record of a feed is due, told from the beginning and not from the record before: a sender that was held up catches up,
 * and a delay is never hidden in a feed that silently became slower.
 */
public sealed interface Pace {

    /** Nanoseconds after the beginning at which a record is due, by its number and its arrival after the first one's. */
    long due(long number, Duration arrival);

    /** As fast as it goes. */
    record Unpaced() implements Pace {
        @Override
        public long due(long number, Duration arrival) {
            return 0;
        }
    }

    /** Evenly, so many records a second. */
    record Evenly(double perSecond) implements Pace {
        public Evenly {
            positive("records a second", perSecond);
        }

        @Override
        public long due(long number, Duration arrival) {
            return (long) (number * 1e9 / perSecond);
        }
    }

    /** As the records arrived, so many times faster: 1 is real time. */
    record AsArrived(double speed) implements Pace {
        public AsArrived {
            positive("times as fast", speed);
        }

        @Override
        public long due(long number, Duration arrival) {
            return (long) (arrival.toNanos() / speed);
        }
    }

    private static void positive(String unit, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Cannot send %s %s: the pace is not above 0; give a number such as 120".formatted(value, unit));
        }
    }
}
