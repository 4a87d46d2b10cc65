package dev.tandem.diff.attach;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.group.TrialRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one record gives to one row.
 *
 * @param end of the row's window
 * @param watermarks that judge it, without delay, by clock; none where no clock was past its event
 * @param arguments of the view's measures
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record RowRecord(
        Coordinates at,
        long event,
        long arrivedMillis,
        long end,
        long[] watermarks,
        Copies copies,
        List<@Nullable Object> arguments) {
    /** Whether every job that can be thought of counts it. */
    boolean certain() {
        return watermarks.length == 0 && !copies.repeated();
    }

    long watermark(int clock) {
        return watermarks.length == 0 ? RunningClock.NONE : watermarks[clock];
    }

    /** The longest delay by which the row's window refuses it. */
    long dropped(int clock, Lateness lateness) {
        return lateness.dropped(watermark(clock), event, end);
    }

    void addTo(TrialRow row) {
        row.add(arguments, event, at);
    }

    void removeFrom(TrialRow row) {
        row.remove(arguments, event, at);
    }
}
