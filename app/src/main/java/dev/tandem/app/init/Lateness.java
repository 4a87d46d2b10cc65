package dev.tandem.app.init;

import java.time.Duration;
import java.util.Arrays;

/**
 * How far event times are behind the latest one that had arrived before them, in the order of arrival. A stream whose micro-batches were
 * one record each would see exactly this; real ones are larger, move the watermark less often, and lose less.
 */
final class Lateness {
    /** A delay is proposed that leaves at most one record in a thousand behind it. */
    private static final double MOST_BEHIND = 0.001;

    /** What the engine uses if a definition says nothing. */
    private static final Duration USUAL = Duration.ofMinutes(1);

    private final long[] times;
    private final long[] latestBefore;
    private final long[] behind;

    private Lateness(long[] times, long[] latestBefore, long[] behind) {
        this.times = times;
        this.latestBefore = latestBefore;
        this.behind = behind;
    }

    /** Of event times in microseconds, in the order of arrival. */
    static Lateness of(long[] times) {
        var latestBefore = new long[times.length];
        var behind = new long[times.length];
        long latest = Long.MIN_VALUE;
        for (int at = 0; at < times.length; at++) {
            latestBefore[at] = latest;
            behind[at] = latest == Long.MIN_VALUE ? 0 : Math.max(0, latest - times[at]);
            latest = Math.max(latest, times[at]);
        }
        Arrays.sort(behind);
        return new Lateness(times.clone(), latestBefore, behind);
    }

    long records() {
        return times.length;
    }

    long outOfOrder() {
        return moreBehindThan(Duration.ZERO);
    }

    Duration greatest() {
        return behind.length == 0 ? Duration.ZERO : duration(behind[behind.length - 1]);
    }

    /** From the earliest to the latest event. */
    Duration span() {
        return times.length == 0
                ? Duration.ZERO
                : duration(Arrays.stream(times).max().orElse(0)
                        - Arrays.stream(times).min().orElse(0));
    }

    /** How many records are more than {@code delay} behind. */
    long moreBehindThan(Duration delay) {
        long micros = micros(delay);
        return Arrays.stream(behind).filter(it -> it > micros).count();
    }

    /** How many records a stream with this delay would refuse from aligned windows of this size, with micro-batches of one record. */
    long lost(Duration delay, Duration window) {
        long size = micros(window);
        long wait = micros(delay);
        long lost = 0;
        for (int at = 0; at < times.length; at++) {
            long end = Math.floorDiv(times[at], size) * size + size;
            lost += latestBefore[at] != Long.MIN_VALUE && end <= latestBefore[at] - wait ? 1 : 0;
        }
        return lost;
    }

    /** The smallest usual delay that at most one record in a thousand is behind. */
    Duration proposed() {
        if (outOfOrder() == 0) {
            return USUAL;
        }
        int allowed = (int) Math.floor(behind.length * MOST_BEHIND);
        return Ladder.from(duration(behind[behind.length - 1 - allowed])).orElse(Ladder.last());
    }

    static long micros(Duration duration) {
        return duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
    }

    static Duration duration(long micros) {
        return Duration.ofSeconds(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }
}
