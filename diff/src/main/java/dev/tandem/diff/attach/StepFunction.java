package dev.tandem.diff.attach;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows fit, by the delay. Holds a bounded number of steps: where there would be more, delays are rounded so that a row fits some
 * delays too many, never too few.
 */
final class StepFunction {
    private static final int MOST_STEPS = 4_096;

    private final TreeMap<Long, Long> changes = new TreeMap<>();
    private int coarseness;

    /** Some rows fit for the delays of {@code span}. */
    void add(DelaySpan span, long rows) {
        change(down(span.after()), rows);
        if (span.until() != Long.MAX_VALUE) {
            change(up(span.until()), -rows);
        }
        if (changes.size() > MOST_STEPS) {
            coarsen();
        }
    }

    private void change(long after, long rows) {
        if (changes.merge(after, rows, Long::sum) == 0) {
            changes.remove(after);
        }
    }

    private long down(long delay) {
        return delay < 0 ? delay : delay >> coarseness << coarseness;
    }

    private long up(long delay) {
        long down = down(delay);
        return down == delay ? delay : down + (1L << coarseness);
    }

    /** Whether delays were rounded. */
    boolean rounded() {
        return coarseness > 0;
    }

    private void coarsen() {
        var before = new TreeMap<>(changes);
        changes.clear();
        coarseness += coarseness == 0 ? 10 : 1;
        before.forEach((after, rows) -> change(rows > 0 ? down(after) : up(after), rows));
        if (changes.size() > MOST_STEPS) {
            coarsen();
        }
    }

    /** The rows that fit from a delay on. */
    record Step(DelaySpan span, long rows) {}

    /** The sum of some functions, step by step, over every delay there is. */
    static List<Step> sum(List<StepFunction> functions) {
        var all = new TreeMap<Long, Long>();
        functions.forEach(function -> function.changes.forEach((after, rows) -> all.merge(after, rows, Long::sum)));
        var steps = new ArrayList<Step>();
        long from = Lateness.NEVER;
        long rows = 0;
        for (Map.Entry<Long, Long> change : all.entrySet()) {
            if (change.getKey() > from) {
                steps.add(new Step(new DelaySpan(from, change.getKey()), rows));
                from = change.getKey();
            }
            rows += change.getValue();
        }
        steps.add(new Step(new DelaySpan(from, Long.MAX_VALUE), rows));
        return steps;
    }
}
