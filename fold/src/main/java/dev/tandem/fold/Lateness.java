package dev.tandem.fold;

import java.io.Serializable;
import java.util.Map;

/**
 * Tells which landed records the stream refused because a window had closed.
 *
 * @param ledger the watermarks of each micro-batch
 */
public record Lateness(FoldPlan plan, Map<Long, Watermarks> ledger) implements Serializable {
    /** Whether a window of some view refused the record, which micro-batch {@code number} landed and no step led out. */
    public boolean isLate(Prepared record, long number) {
        if (record.rejection().isPresent() || record.exit().isPresent()) {
            return false;
        }
        var watermarks = ledger.getOrDefault(number, Watermarks.NONE);
        return record.contributions().stream()
                .anyMatch(it -> refused(it.view(), record.eventMicros(), watermarks.late()));
    }

    private boolean refused(int view, long eventMicros, long late) {
        var bounds = new WindowBounds(plan.grouped().get(view).window()).of(eventMicros);
        for (int index = 1; index < bounds.length; index += 2) {
            if (bounds[index] <= late) {
                return true;
            }
        }
        return false;
    }
}
