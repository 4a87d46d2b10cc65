package dev.tandem.app.run;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a demo's live feed is played: so many events, how fast, and where its micro-batches end. A function of the demo's arguments alone,
 * since the late records follow from it.
 */
record LivePlan(long events, double perSecond, FeedCuts.Sizes sizes) {
    private static final double USUAL_RATE = 6_000;
    /** A small feed is slowed down to about so many seconds, so that there is a stream to see. */
    private static final double SHORTEST_SECONDS = 15;

    private static final double LEAST_RATE = 400;

    /** A micro-batch must span much less event time than the watermark waits, or what is late comes in time all the same. */
    private static final double SHARE_OF_DELAY = 0.3;
    /** A micro-batch costs some 50 ms however few records it has: what the time of a feed allows. */
    private static final int MOST_MICRO_BATCHES = 200;
    /** The same where the records themselves take most of the time. */
    private static final int MOST_OF_MANY = 60;

    private static final int MANY = 10_000;
    /** No record waits longer than this for its micro-batch to fill. */
    private static final double LONGEST_WAIT_SECONDS = 0.5;

    private static final int LEAST_RECORDS = 10;
    private static final int FINE_IN_COARSE = 8;
    private static final int COARSE = 3;

    /**
     * For {@code events} with {@code spacing} of event time between them.
     *
     * @param delay of the watermark
     * @param asked how many events a second; empty for as many as suit their number
     */
    static LivePlan of(long events, Duration spacing, Duration delay, OptionalDouble asked) {
        double perSecond = asked.orElse(Math.min(USUAL_RATE, Math.max(LEAST_RATE, events / SHORTEST_SECONDS)));
        double each = Math.max(
                events / (double) (events > MANY ? MOST_OF_MANY : MOST_MICRO_BATCHES),
                delay.toNanos() * SHARE_OF_DELAY / spacing.toNanos());
        double records = Math.min(each, perSecond * LONGEST_WAIT_SECONDS);
        long fine = Math.max(LEAST_RECORDS, (long) records);
        long coarse = fine * FINE_IN_COARSE;
        return new LivePlan(events, perSecond, new FeedCuts.Sizes(fine, coarse, coarse * COARSE));
    }
}
