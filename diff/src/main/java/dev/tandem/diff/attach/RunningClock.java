package dev.tandem.diff.attach;

import java.util.Arrays;

/** A {@link Clock} on its way through the log in arrival order. Watermarks here are without the delay, which is not known yet. */
final class RunningClock {
    /** Before the first record. */
    static final long NONE = Long.MIN_VALUE;

    private final Clock clock;
    private final LogShape log;
    private final long[] highest;
    private long microBatch = Long.MIN_VALUE;
    private long now = NONE;
    private long before = NONE;

    RunningClock(Clock clock, LogShape log) {
        this.clock = clock;
        this.log = log;
        this.highest = new long[Math.max(1, log.partitions())];
        Arrays.fill(highest, NONE);
    }

    /** A record as far as a clock sees it; {@code dueMillis} never falls from one record to the next. */
    record Tick(int partition, long position, long dueMillis, long eventMicros) {}

    /** The watermark that judges the record, which is taken in then. */
    long judge(Tick tick) {
        if (!(clock.pace() instanceof Clock.Pace.EachRecord)) {
            turn(microBatch(tick));
        }
        long judging = switch (clock.lag()) {
            case 0 -> live(tick.partition());
            case 1 -> now;
            default -> before;
        };
        int partition = tick.partition();
        highest[partition] = Math.max(highest[partition], tick.eventMicros());
        return judging;
    }

    /** The watermark when every record was taken in. */
    long last() {
        return clock.reach() == Clock.Reach.SLOWEST ? lowest() : live();
    }

    private void turn(long next) {
        if (microBatch != Long.MIN_VALUE && next != microBatch) {
            long reached = last();
            // Where nothing came meanwhile, the engine has run a micro-batch without records, and is up to date.
            boolean pause = clock.pace() instanceof Clock.Pace.Every && next > microBatch + 1;
            before = pause ? reached : now;
            now = reached;
        }
        microBatch = next;
    }

    private long microBatch(Tick tick) {
        if (clock.pace() instanceof Clock.Pace.Every every) {
            return Math.floorDiv(tick.dueMillis(), every.trigger().toMillis());
        }
        return log.file(tick.position());
    }

    private long live(int partition) {
        return switch (clock.reach()) {
            case ALL -> live();
            case SLOWEST -> lowest();
            case OWN -> highest[partition];
        };
    }

    private long live() {
        long most = NONE;
        for (long each : highest) {
            most = Math.max(most, each);
        }
        return most;
    }

    private long lowest() {
        long least = Long.MAX_VALUE;
        for (long each : highest) {
            least = Math.min(least, each);
        }
        return least;
    }
}
