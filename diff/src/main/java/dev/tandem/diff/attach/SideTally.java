package dev.tandem.diff.attach;

import dev.tandem.diff.attach.AttachAnswer.Counts;
import dev.tandem.diff.attach.AttachAnswer.Place;
import dev.tandem.diff.attach.ViewRows.RowCase;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of the rows of one table. Holds counts only, for a bounded number of days and keys. */
final class SideTally {
    private static final int MOST_VALUES = 10_000;
    private static final int SHOWN = 5;

    private final boolean ofStream;
    private final ViewPlan plan;
    private final Equality equality;
    private final RowBridges bridges;
    private final Map<String, Map<String, Long>> places = new HashMap<>();
    private long rows;
    private long equal;
    private long changed;
    private long absent;
    private long extra;
    private long expected;
    private long reproduced;

    SideTally(boolean ofStream, ViewPlan plan, Equality equality, RowBridges bridges) {
        this.ofStream = ofStream;
        this.plan = plan;
        this.equality = equality;
        this.bridges = bridges;
    }

    /** Counts the row; what the log gives for it. */
    Optional<List<@Nullable Object>> take(RowCase row) {
        var both = bridges.both(row);
        var stored = row.stored(ofStream);
        if (stored.isPresent()) {
            rows++;
        }
        if (stored.isPresent() || both.job().isPresent()) {
            expected++;
        }
        if (stored.isPresent()
                && both.job().isPresent()
                && equality.same(both.job().get(), stored.get())) {
            reproduced++;
        }
        if (differs(both.log(), stored)) {
            note(row);
        }
        return both.log();
    }

    private boolean differs(Optional<List<@Nullable Object>> log, Optional<List<@Nullable Object>> stored) {
        if (log.isEmpty() || stored.isEmpty()) {
            absent += log.isPresent() ? 1 : 0;
            extra += stored.isPresent() ? 1 : 0;
            return log.isPresent() || stored.isPresent();
        }
        boolean same = equality.same(log.get(), stored.get());
        equal += same ? 1 : 0;
        changed += same ? 0 : 1;
        return !same;
    }

    private void note(RowCase row) {
        if (plan.windowed()) {
            count(
                    "day",
                    row.window().start().atZone(ZoneOffset.UTC).toLocalDate().toString());
        }
        RowBridges.key(plan, row.key()).forEach(this::count);
    }

    private void count(String column, String value) {
        var counts = places.computeIfAbsent(column, key -> new HashMap<>());
        if (counts.size() < MOST_VALUES || counts.containsKey(value)) {
            counts.merge(value, 1L, Long::sum);
        }
    }

    Counts counts() {
        return new Counts(rows, equal, changed, absent, extra);
    }

    /** Rows of the table that the inferred job gives. */
    long reproduced() {
        return reproduced;
    }

    /** Rows of the table and of the inferred job together. */
    long expected() {
        return expected;
    }

    /** Whether the row is only missing because the inferred job has not written it yet, which needs no explanation of its own. */
    boolean waits(RowCase row) {
        return row.stored(ofStream).isEmpty() && bridges.waits(row);
    }

    RowAnswer.SideRow bridges(RowCase row) {
        return bridges.of(row, row.stored(ofStream));
    }

    Optional<List<@Nullable Object>> stored(RowCase row) {
        return row.stored(ofStream);
    }

    boolean compares(int measure) {
        return equality.compares(measure);
    }

    boolean same(int measure, @Nullable Object log, @Nullable Object stored) {
        return equality.same(measure, log, stored);
    }

    boolean same(Optional<List<@Nullable Object>> log, Optional<List<@Nullable Object>> stored) {
        if (log.isPresent() && stored.isPresent()) {
            return equality.same(log.get(), stored.get());
        }
        return log.isEmpty() && stored.isEmpty();
    }

    boolean isOfStream() {
        return ofStream;
    }

    /** The values with the most differing rows: days first, then the key columns as the view has them. */
    List<Place> places() {
        var columns = new ArrayList<>(List.of("day"));
        plan.shape().keys().forEach(key -> columns.add(key.name()));
        var all = new ArrayList<Place>();
        for (var column : columns) {
            places.getOrDefault(column, Map.of()).entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<String, Long> it) -> -it.getValue())
                            .thenComparing(Map.Entry::getKey))
                    .limit(SHOWN)
                    .forEach(it -> all.add(new Place(column, it.getKey(), it.getValue())));
        }
        return all;
    }
}
