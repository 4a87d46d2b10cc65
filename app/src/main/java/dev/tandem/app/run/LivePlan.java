package dev.tandem.app.run;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The plan of a demo's live feed: how many events, how fast, and where its micro-batches end. A function of the demo's arguments
 * alone, since the late records follow from it.
 */
record LivePlan(long events, double perSecond, FeedCuts.Sizes sizes) {
    private static final double USUAL_RATE = 6_000;
    /** A small feed is slowed down to about so many seconds, so that there is a stream to see. */
    private static final double SHORTEST_SECONDS = 15;

    private static final double LEAST_RATE = 400;

    /** A micro-batch must span much less event time than the watermark waits, or what is late comes in time all the same. */
    private static final double SHARE_OF_DELAY = 0.3;
    /** How many fine micro-batches a feed has. */
    private static final int MICRO_BATCHES = 60;
    /** The same where the delay asks for more: each costs some 50 ms however few records it has. */
    private static final int MOST_MICRO_BATCHES = 200;
    /** With more events their own work takes the time, and there are not more micro-batches. */
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
        double largest = events / (double) MICRO_BATCHES;
        double smallest = events > MANY ? largest : events / (double) MOST_MICRO_BATCHES;
        double withinDelay = delay.toNanos() * SHARE_OF_DELAY / spacing.toNanos();
        double each = Math.max(smallest, Math.min(largest, withinDelay));
        double records = Math.min(each, perSecond * LONGEST_WAIT_SECONDS);
        long fine = Math.max(LEAST_RECORDS, (long) records);
        long coarse = fine * FINE_IN_COARSE;
        return new LivePlan(events, perSecond, new FeedCuts.Sizes(fine, coarse, coarse * COARSE));
    }
}
