package dev.tandem.diff.attach;

import java.util.ArrayList;
import java.util.List;

/**
 * Delays of a watermark, in microseconds: those above {@code after} and up to {@code until}. {@link Long#MAX_VALUE} is the delay that is
 * longer than any.
 */
public record DelaySpan(long after, long until) {
    static final DelaySpan ALL = new DelaySpan(Lateness.NEVER, Long.MAX_VALUE);

    /** Whether a delay of {@code micros} is one of them. */
    public boolean holds(long micros) {
        return micros > after && micros <= until;
    }

    /** Joins spans that touch; they are in order. */
    static List<DelaySpan> joined(List<DelaySpan> spans) {
        var joined = new ArrayList<DelaySpan>();
        for (var span : spans) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).until() >= span.after()) {
                joined.set(
                        last,
                        new DelaySpan(
                                joined.get(last).after(),
                                Math.max(joined.get(last).until(), span.until())));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
