package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Times of one side are those of another zone, or a fixed span away; a span of one unit at the end of a window is an inclusive end. */
final class TimeShift implements Hypothesis {
    private static final int LIKELY = 4;
    private static final int LOOKED_AT = 400;
    private static final Set<Long> INCLUSIVE = Set.of(1L, 1_000L, 1_000_000L);
    private static final long DAY = 86_400_000_000L;

    /** Zones with summer time; a zone without is a fixed span. */
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "Europe/London",
            "Europe/Athens",
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "America/Halifax",
            "Australia/Sydney",
            "Pacific/Auckland");

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        var keys = bench.keyTimes();
        var values = bench.columns().values().stream()
                .filter(column -> column.type().temporal())
                .toList();
        if (!keys.isEmpty()) {
            var together = new ArrayList<>(keys);
            together.addAll(values);
            var spans = keySpans(bench, keys.get(0));
            for (long span : spans) {
                found.add(shift(keys, span, Candidate.Keys.CHANGED));
                if (!values.isEmpty()) {
                    found.add(shift(together, span, Candidate.Keys.CHANGED));
                }
            }
            keys.forEach(column -> keySpans(bench, column).forEach(span -> {
                if (keys.size() > 1) {
                    found.add(shift(List.of(column), span, Candidate.Keys.CHANGED));
                }
            }));
            if (spans.size() > 1 && keys.get(0).type().kind() == Column.Kind.TIME) {
                ZONES.forEach(zone -> found.addAll(zone(keys, zone)));
            }
        }
        values.forEach(column -> valueSpans(bench, column)
                .forEach(span -> found.add(shift(List.of(column), span, Candidate.Keys.KEPT))));
        return found;
    }

    /** Left minus right in microseconds: between differing rows that are alike in all but their time, and between the ends of both sides. */
    private static Set<Long> keySpans(Bench bench, Column time) {
        var alike = bench.columns().all().stream()
                .filter(column -> !column.type().temporal())
                .map(column -> "%s IS NOT DISTINCT FROM %s".formatted(column.in("l"), column.in("r")))
                .collect(Collectors.joining(" AND "));
        var spans = new LinkedHashSet<Long>();
        if (!alike.isEmpty()) {
            spans.addAll(bench.duck()
                    .list(
                            """
                            WITH looked_at AS (SELECT l.* FROM %1$s l WHERE EXISTS (
                              SELECT 1 FROM %2$s r WHERE kind <> 'tolerated' AND %3$s) ORDER BY hash(%4$s) LIMIT %5$d)
                            SELECT %6$s - %7$s AS d, count(*) AS n FROM looked_at l JOIN %8$s r ON %9$s
                            WHERE d <> 0 GROUP BY d ORDER BY n DESC, abs(d) LIMIT %10$d""".formatted(
                                            bench.left(),
                                            bench.pairs(),
                                            bench.columns().sameKey(),
                                            bench.columns().keyFields(),
                                            LOOKED_AT,
                                            micros(time.in("l")),
                                            micros(time.in("r")),
                                            bench.right(),
                                            alike,
                                            LIKELY),
                            row -> row.getLong(1)));
        }
        spans.addAll(ends(bench, time));
        return spans;
    }

    private static List<Long> ends(Bench bench, Column time) {
        var field = Sql.name(time.field());
        return bench
                .duck()
                .list(
                        "SELECT unnest([l.a - r.a, l.z - r.z]) AS d FROM (SELECT min(%1$s) AS a, max(%1$s) AS z FROM %2$s) l, (SELECT min(%1$s) AS a, max(%1$s) AS z FROM %3$s) r"
                                .formatted(micros(field), bench.left(), bench.right()),
                        row -> row.getLong(1))
                .stream()
                .filter(span -> span != 0)
                .toList();
    }

    private static List<Long> valueSpans(Bench bench, Column column) {
        var left = leftOf(column);
        var right = rightOf(column);
        return bench.duck()
                .list(
                        "SELECT %1$s - %2$s AS d, count(*) AS n FROM %3$s WHERE kind = 'changed' AND %4$s <> %5$s GROUP BY d ORDER BY n DESC LIMIT 1"
                                .formatted(micros(left), micros(right), bench.pairs(), left, right),
                        row -> row.getLong(1));
    }

    private static String micros(String time) {
        return "epoch_us(CAST(%s AS TIMESTAMP))".formatted(time);
    }

    private static Candidate shift(List<Column> columns, long span, Candidate.Keys keys) {
        var values = new LinkedHashMap<Column, String>();
        columns.forEach(column -> values.put(
                column, "CAST(%s AS TIMESTAMP) + to_microseconds(%d)".formatted(Sql.name(column.field()), span)));
        boolean inclusive = INCLUSIVE.contains(Math.abs(span))
                || (Math.abs(span) == DAY
                        && columns.size() == 1
                        && columns.get(0).name().endsWith("end"));
        return Candidate.onRight(
                inclusive ? Pattern.WINDOW_BOUNDS : Pattern.TIME_SHIFT,
                inclusive
                        ? "%s of RIGHT is taken as an inclusive bound (%s by %s)"
                                .formatted(
                                        Candidate.names(columns),
                                        span > 0 ? "later" : "earlier",
                                        Spans.told(Math.abs(span)))
                        : "%s of RIGHT %s shifted by %s%s"
                                .formatted(
                                        Candidate.names(columns),
                                        columns.size() == 1 ? "is" : "are",
                                        span < 0 ? "−" : "",
                                        Spans.told(Math.abs(span))),
                (left, right) -> Candidate.replacing(right, values),
                keys);
    }

    private static List<Candidate> zone(List<Column> columns, String zone) {
        var asLocal = new LinkedHashMap<Column, String>();
        var toLocal = new LinkedHashMap<Column, String>();
        for (var column : columns) {
            asLocal.put(column, "timezone('%s', %s)".formatted(zone, Sql.name(column.field())));
            toLocal.put(column, "timezone('%s', CAST(%s AS TIMESTAMPTZ))".formatted(zone, Sql.name(column.field())));
        }
        return List.of(
                Candidate.onRight(
                        Pattern.TIME_SHIFT,
                        "%s of RIGHT is taken as local time of %s".formatted(Candidate.names(columns), zone),
                        (left, right) -> Candidate.replacing(right, asLocal),
                        Candidate.Keys.CHANGED),
                Candidate.onRight(
                        Pattern.TIME_SHIFT,
                        "%s of LEFT is taken as local time of %s".formatted(Candidate.names(columns), zone),
                        (left, right) -> Candidate.replacing(right, toLocal),
                        Candidate.Keys.CHANGED));
    }
}
