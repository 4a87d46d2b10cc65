package dev.tandem.diff.attach;

import dev.tandem.diff.attach.Behaviour.Emission;
import java.util.List;

/** What a job that works in the inferred way does with a record and a row. */
record JobRecount(Inference inference, List<Clock> clocks, List<Long> last) {
    /** Why a job does not count a record that the definition counts, or counts one that it does not. */
    enum Why {
        LATE,
        DUPLICATE
    }

    boolean counts(RowRecord record) {
        return !isLate(record) && passes(record);
    }

    boolean isLate(RowRecord record) {
        return inference.delayMicros()
                <= record.dropped(clock(), inference.behaviour().lateness());
    }

    private boolean passes(RowRecord record) {
        var behaviour = inference.behaviour();
        return record.copies().passes(clock(), behaviour.lateness(), behaviour.duplicates()).stream()
                .anyMatch(it -> it.holds(inference.delayMicros()));
    }

    /** Whether a row whose window ends then has been written. */
    boolean writes(long end) {
        return inference.behaviour().emission() == Emission.UPDATE
                || inference.delayMicros() <= Lateness.CLOSED.dropped(last.get(clock()), end, end);
    }

    /** The watermark that judged a record, with the delay; {@link RunningClock#NONE} where none did. */
    long watermark(RowRecord record) {
        long without = record.watermark(clock());
        return without == RunningClock.NONE ? without : without - inference.delayMicros();
    }

    private int clock() {
        return clocks.indexOf(inference.behaviour().clock());
    }
}
