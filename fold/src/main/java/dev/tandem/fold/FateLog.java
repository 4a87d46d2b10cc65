package dev.tandem.fold;

/** Takes what becomes known of single records in a partition by dedup key. One thread. */
public interface FateLog {
    /** Takes nothing. */
    FateLog NONE = new FateLog() {
        @Override
        public void duplicate(Coordinates at, Coordinates of) {}

        @Override
        public void late(Coordinates at, Refusal refusal, boolean whole) {}
    };

    /** A window of the view with this number that is closed for a record; bounds in microseconds since 1970. */
    record Refusal(int view, long start, long end) {}

    /** The record at {@code at} has the dedup key of the one at {@code of}. */
    void duplicate(Coordinates at, Coordinates of);

    /** A window refused the record at {@code at}; {@code whole} if all of its windows did. */
    void late(Coordinates at, Refusal refusal, boolean whole);
}
