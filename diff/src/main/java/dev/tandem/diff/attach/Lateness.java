package dev.tandem.diff.attach;

/** Which records a job drops as late. */
public enum Lateness {
    KEPT("no late record is dropped"),
    /** As windowed aggregations of Spark and Flink do. */
    CLOSED("a record is dropped when its window has closed"),
    /** As Spark's deduplication does. */
    BEHIND("a record is dropped when its event time is not after the watermark"),
    /** As most hand-written filters do. */
    BEFORE("a record is dropped when its event time is before the watermark");

    /** What no delay drops. */
    static final long NEVER = -1;

    private final String words;

    Lateness(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /**
     * The longest delay, in microseconds, by which a record is dropped; {@link #NEVER} where none does.
     *
     * @param watermark without the delay
     * @param end of its window, {@link Long#MAX_VALUE} where it has none
     */
    long dropped(long watermark, long event, long end) {
        if (watermark == RunningClock.NONE) {
            return NEVER;
        }
        return Math.max(
                NEVER,
                switch (this) {
                    case KEPT -> NEVER;
                    case CLOSED -> end == Long.MAX_VALUE ? NEVER : watermark - end;
                    case BEHIND -> watermark - event;
                    case BEFORE -> watermark - event - 1;
                });
    }

    /** Whether late records are dropped before duplicates are looked for, so that they are not remembered. */
    boolean dropsFirst() {
        return this == BEHIND || this == BEFORE;
    }
}
