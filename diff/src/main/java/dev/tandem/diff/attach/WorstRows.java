package dev.tandem.diff.attach;

import dev.tandem.diff.attach.ViewRows.RowCase;
import dev.tandem.model.Window.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The rows in which a table differs most from the log, a bounded number of them, each explained when it comes by. */
final class WorstRows {
    /** Less than any other difference, and more than none. */
    private static final double WAITING = 1e-15;

    private final ViewPlan plan;
    private final int most;
    private final PriorityQueue<Kept> kept = new PriorityQueue<>(
            Comparator.comparingDouble(Kept::badness).thenComparing(Kept::number, Comparator.reverseOrder()));
    private long number;

    private record Kept(double badness, long number, RowAnswer answer) {}

    WorstRows(ViewPlan plan, int most) {
        this.plan = plan;
        this.most = most;
    }

    void take(RowCase row, Optional<List<@Nullable Object>> log, List<SideTally> tallies) {
        double badness = tallies.stream()
                .mapToDouble(tally -> tally.waits(row) ? WAITING : badness(log, tally.stored(row), tally))
                .max()
                .orElse(0);
        number++;
        if (badness <= 0 || most == 0) {
            return;
        }
        if (kept.size() == most && kept.element().badness() >= badness) {
            return;
        }
        if (kept.size() == most) {
            kept.remove();
        }
        kept.add(new Kept(badness, number, answer(row, log, tallies)));
    }

    /** The largest difference as a share; a row that is in one of both only is wholly wrong. */
    private double badness(
            Optional<List<@Nullable Object>> log, Optional<List<@Nullable Object>> stored, SideTally tally) {
        if (tally.same(log, stored)) {
            return 0;
        }
        if (log.isEmpty() || stored.isEmpty()) {
            return 1;
        }
        double worst = 0;
        for (int index = 0; index < plan.shape().measures().size(); index++) {
            if (tally.compares(index)) {
                worst = Math.max(worst, share(log.get().get(index), stored.get().get(index)));
            }
        }
        return Math.max(worst, 1e-12);
    }

    private static double share(@Nullable Object log, @Nullable Object stored) {
        if (!(log instanceof Number one) || !(stored instanceof Number other)) {
            return 0;
        }
        double larger = Math.max(1, Math.max(Math.abs(one.doubleValue()), Math.abs(other.doubleValue())));
        double share = Math.abs(one.doubleValue() - other.doubleValue()) / larger;
        return Double.isFinite(share) ? Math.min(1, share) : 1;
    }

    private RowAnswer answer(RowCase row, Optional<List<@Nullable Object>> log, List<SideTally> tallies) {
        boolean everything = row.window().equals(Span.ALL);
        var sides = tallies.stream()
                .map(tally -> tally.same(log, tally.stored(row))
                        ? Optional.<RowAnswer.SideRow>empty()
                        : Optional.of(tally.bridges(row)))
                .toList();
        boolean first = tallies.get(0).isOfStream();
        return new RowAnswer(
                everything ? Optional.empty() : Optional.of(row.window().start()),
                everything ? Optional.empty() : Optional.of(row.window().end()),
                RowBridges.key(plan, row.key()),
                first ? sides.get(0) : Optional.empty(),
                first ? (sides.size() > 1 ? sides.get(1) : Optional.empty()) : sides.get(0));
    }

    List<RowAnswer> worst() {
        return kept.stream()
                .sorted(Comparator.comparingDouble(Kept::badness).reversed().thenComparingLong(Kept::number))
                .map(Kept::answer)
                .toList();
    }
}
