package dev.tandem.diff.attach;

import dev.tandem.diff.duck.Duck;
import dev.tandem.model.Measure;
import dev.tandem.model.Window;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Other bounds that a job's windows may have: an end that is included, or names and bounds in the local time of another place. Clocks that
 * change between summer and winter are not tried.
 */
record Shifts(Duck duck, ViewPlan plan) {
    private static final long QUARTER = 15 * 60_000_000L;
    /** From 14 hours before UTC to 14 hours after it. */
    private static final int QUARTERS = 56;

    private static final int MOST_BUCKETS = 20_000;
    /** A job with an included end puts an event on a bound into the window before. */
    static final long INCLUSIVE = -1;

    /** The shifts that are worth trying beside 0, asked of the rows as the definition makes them. */
    List<Long> candidates(List<String> tables) {
        var found = new ArrayList<Long>();
        if (plan.windowed() && duck.number("SELECT count(*) FROM row_parts WHERE event = start") > 0) {
            found.add(INCLUSIVE);
        }
        for (var table : tables) {
            size().flatMap(size -> zone(table, size))
                    .filter(it -> !found.contains(it))
                    .ifPresent(found::add);
        }
        return found;
    }

    private Optional<Long> size() {
        return plan.shape()
                .window()
                .fold(
                        tumbling -> Optional.of(tumbling.size().toNanos() / 1_000),
                        sliding -> Optional.empty(),
                        calendar -> ofCalendar(calendar),
                        session -> Optional.empty(),
                        global -> Optional.empty());
    }

    private static Optional<Long> ofCalendar(Window.Calendar calendar) {
        boolean fixed = calendar.zone().normalized().equals(ZoneOffset.UTC)
                && (calendar.unit() == ChronoUnit.HOURS || calendar.unit() == ChronoUnit.DAYS);
        return fixed ? Optional.of(calendar.unit().getDuration().toNanos() / 1_000) : Optional.empty();
    }

    /** The quarter of an hour by which the most rows find their partner with the right count, if that is more than without. */
    private Optional<Long> zone(String table, long size) {
        long bucket = BigInteger.valueOf(size).gcd(BigInteger.valueOf(QUARTER)).longValueExact();
        duck.run(
                "CREATE OR REPLACE TABLE buckets AS SELECT key, event // %1$d * %1$d AS bucket, count(*) AS n FROM row_parts GROUP BY ALL"
                        .formatted(bucket));
        long sample = 1 + duck.number("SELECT count(*) FROM buckets") / MOST_BUCKETS;
        var scores =
                duck.list("""
                WITH shifts AS (SELECT unnest(range(%1$d, %2$d)) * %3$d AS shift),
                counted AS (SELECT shift, key, (bucket + shift) // %4$d * %4$d AS start, sum(n) AS n
                  FROM buckets, shifts WHERE hash(key) %% %5$d = 0 GROUP BY ALL)
                SELECT c.shift, count(*) FILTER (%6$s) AS fitting FROM counted c JOIN %7$s t ON c.key = t.key AND c.start = t.start
                GROUP BY c.shift ORDER BY fitting DESC, abs(c.shift)""".formatted(-QUARTERS, QUARTERS + 1, QUARTER, size, sample, fitting(table), table), row ->
                        new long[] {row.getLong(1), row.getLong(2)});
        duck.run("DROP TABLE buckets");
        long without = scores.stream()
                .filter(it -> it[0] == 0)
                .mapToLong(it -> it[1])
                .findFirst()
                .orElse(0);
        return scores.stream()
                .findFirst()
                .filter(it -> it[0] != 0 && it[1] > without)
                .map(it -> it[0]);
    }

    /** Of rows without a plain count only the names can be compared. */
    private String fitting(String table) {
        boolean counted = duck.number("SELECT count(*) FROM %s WHERE total >= 0".formatted(table)) > 0;
        return counted ? "c.n = t.total" : "true";
    }

    /** The place of a {@code count(*)} among the measures of the view. */
    static Optional<Integer> plainCount(ViewPlan plan) {
        var measures = plan.view().measures();
        for (int index = 0; index < measures.size(); index++) {
            var measure = measures.get(index);
            if (measure.kind() == Measure.Kind.COUNT
                    && measure.argument().isEmpty()
                    && measure.filter().isEmpty()) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }
}
