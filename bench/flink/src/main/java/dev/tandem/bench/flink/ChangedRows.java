package dev.tandem.bench.flink;

import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Writes a row at most once in an interval while its window is open, only if a record has changed it, and once more when the window
 * closes. Flink's own {@code ContinuousProcessingTimeTrigger} would write every open row in each interval.
 */
final class ChangedRows extends Trigger<Object, TimeWindow> {
    private static final long serialVersionUID = 1;
    private final long everyMillis;

    ChangedRows(long everyMillis) {
        this.everyMillis = everyMillis;
    }

    @Override
    public TriggerResult onElement(Object tweet, long timestamp, TimeWindow window, TriggerContext context) {
        if (window.maxTimestamp() <= context.getCurrentWatermark()) {
            return TriggerResult.FIRE;
        }
        context.registerEventTimeTimer(window.maxTimestamp());
        context.registerProcessingTimeTimer(next(context.getCurrentProcessingTime(), everyMillis));
        return TriggerResult.CONTINUE;
    }

    /** The next moment at which rows are written. All records of an interval share one, so they need one timer and no state. */
    static long next(long now, long everyMillis) {
        return now - now % everyMillis + everyMillis;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
        return time == window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.FIRE;
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) {
        context.deleteEventTimeTimer(window.maxTimestamp());
    }
}
