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

    /**
     * So many records together, then a pause. The due times add up from the beginning; they are worked out as the numbers rise, so one
     * thread asks, and lower numbers cost a new beginning.
     */
    final class Batches implements Pace {
        private final int size;
        private final Pause pause;
        private long batch;
        private long due;

        public Batches(int size, Pause pause) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "Cannot send batches of %d records: a batch needs a record; give at least 1".formatted(size));
            }
            this.size = size;
            this.pause = pause;
        }

        public Batches(int size, Duration from, Duration to) {
            this(size, new Pause(from, to, 0));
        }

        public int size() {
            return size;
        }

        @Override
        public long due(long number, Duration arrival) {
            var wanted = number / size;
            if (wanted < batch) {
                batch = 0;
                due = 0;
            }
            while (batch < wanted) {
                due += pause.before(++batch);
            }
            return due;
        }
    }

    private static void positive(String unit, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Cannot send %s %s: the pace is not above 0; give a number such as 120".formatted(value, unit));
        }
    }
}
