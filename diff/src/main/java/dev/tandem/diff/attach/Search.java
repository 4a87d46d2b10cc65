package dev.tandem.diff.attach;

import dev.tandem.diff.attach.Behaviour.Emission;
import dev.tandem.diff.attach.StepFunction.Step;
import dev.tandem.diff.attach.ViewRows.RowCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries every candidate behaviour on every row of one table at once, each with all delays there are. It holds a {@link StepFunction} for
 * each candidate, whatever the number of rows.
 */
final class Search {
    private final Setting setting;
    private final Map<Pair, Functions> alone = new LinkedHashMap<>();
    private final Map<Manner, Functions> repeated = new LinkedHashMap<>();
    private final Map<Clock.Reach, Functions> plain = new LinkedHashMap<>();
    private long rows;
    private long leftOut;

    /**
     * What is searched.
     *
     * @param ofStream which of the two tables
     * @param shift of the windows, see {@link ViewRows}
     * @param last each clock's watermark after the last record, without delay
     */
    record Setting(
            ViewPlan plan, boolean ofStream, long shift, Equality equality, List<Clock> clocks, List<Long> last) {}

    /** A clock, by number, and what it is good for. */
    record Pair(int clock, Lateness lateness) {}

    /** A behaviour but for when it writes rows. */
    record Manner(Pair pair, Duplicates duplicates) {}

    /** How many rows fit, by when rows are written. */
    private static final class Functions {
        private final StepFunction update = new StepFunction();
        private final StepFunction closed = new StepFunction();
    }

    /** A behaviour and the delays with which it fits the most rows. */
    record Fit(Manner manner, Emission emission, List<DelaySpan> delays) {}

    /**
     * What was found.
     *
     * @param rows that were compared, of the log and of the table together
     * @param fitting how many of them the best behaviours give
     * @param best all behaviours that give so many, the plainest first
     * @param leftOut rows with too many doubtful records
     * @param rounded whether delays were rounded, so that {@code fitting} may be too many
     */
    record Found(long rows, long fitting, List<Fit> best, long leftOut, boolean rounded) {}

    Search(Setting setting, List<Manner> manners) {
        this.setting = setting;
        for (var manner : manners) {
            alone.computeIfAbsent(manner.pair(), pair -> new Functions());
            repeated.put(manner, new Functions());
        }
        for (var reach : Clock.Reach.values()) {
            plain.put(reach, new Functions());
        }
    }

    void take(RowCase row) {
        if (!row.complete()) {
            leftOut++;
            return;
        }
        rows++;
        var stored = row.stored(setting.ofStream());
        var sweep = new RowSweep(row, stored, setting.equality());
        boolean absent = stored.isEmpty();
        long end = ViewPlan.end(row.window(), setting.shift());
        if (row.doubtful().isEmpty()) {
            var fits = sweep.fits() ? List.of(DelaySpan.ALL) : List.<DelaySpan>of();
            plain.forEach((reach, functions) -> add(functions, fits, absent, room(reach, end)));
        } else if (row.doubtful().stream().noneMatch(it -> it.copies().repeated())) {
            alone.forEach((pair, functions) -> add(
                    functions,
                    sweep.fits(pair.clock(), pair.lateness(), Duplicates.COUNTED),
                    absent,
                    room(reach(pair), end)));
        } else {
            repeated.forEach((manner, functions) -> add(
                    functions,
                    sweep.fits(manner.pair().clock(), manner.pair().lateness(), manner.duplicates()),
                    absent,
                    room(reach(manner.pair()), end)));
        }
    }

    private Clock.Reach reach(Pair pair) {
        return setting.clocks().get(pair.clock()).reach();
    }

    /** The longest delay with which a window that ends then has closed; {@link Lateness#NEVER} where it has not with any. */
    private long room(Clock.Reach reach, long end) {
        for (int clock = 0; clock < setting.clocks().size(); clock++) {
            if (setting.clocks().get(clock).reach() == reach) {
                return Lateness.CLOSED.dropped(setting.last().get(clock), end, end);
            }
        }
        return Lateness.NEVER;
    }

    private static void add(Functions to, List<DelaySpan> fits, boolean absent, long room) {
        for (var span : fits) {
            to.update.add(span, 1);
            if (span.after() < room) {
                to.closed.add(new DelaySpan(span.after(), Math.min(span.until(), room)), 1);
            }
        }
        if (absent) {
            to.closed.add(new DelaySpan(room, Long.MAX_VALUE), 1);
        }
    }

    Found found() {
        long most = -1;
        var best = new ArrayList<Fit>();
        for (var manner : repeated.keySet()) {
            for (var emission : emissions()) {
                var steps = StepFunction.sum(functions(manner, emission));
                long its = steps.stream().mapToLong(Step::rows).max().orElse(0);
                if (its > most) {
                    most = its;
                    best.clear();
                }
                if (its == most) {
                    var delays = steps.stream()
                            .filter(step -> step.rows() == its)
                            .map(Step::span)
                            .toList();
                    best.add(new Fit(manner, emission, DelaySpan.joined(delays)));
                }
            }
        }
        best.sort(plainest());
        return new Found(rows, Math.max(0, most), best, leftOut, rounded());
    }

    /** The best pairs of a clock and a rule with any dedup, the plainest first among equals. */
    List<Pair> bestPairs(int count) {
        var scores = new LinkedHashMap<Pair, Long>();
        for (var manner : repeated.keySet()) {
            for (var emission : emissions()) {
                long most = StepFunction.sum(functions(manner, emission)).stream()
                        .mapToLong(Step::rows)
                        .max()
                        .orElse(0);
                scores.merge(manner.pair(), most, Math::max);
            }
        }
        return scores.entrySet().stream()
                .sorted(Map.Entry.<Pair, Long>comparingByValue().reversed())
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<Emission> emissions() {
        return setting.plan().windowed() ? List.of(Emission.UPDATE, Emission.CLOSED) : List.of(Emission.UPDATE);
    }

    private List<StepFunction> functions(Manner manner, Emission emission) {
        var all = new ArrayList<StepFunction>();
        for (var functions : List.of(
                plain.getOrDefault(reach(manner.pair()), new Functions()),
                alone.getOrDefault(manner.pair(), new Functions()),
                repeated.getOrDefault(manner, new Functions()))) {
            all.add(emission == Emission.UPDATE ? functions.update : functions.closed);
        }
        return all;
    }

    private boolean rounded() {
        return repeated.keySet().stream()
                .flatMap(manner -> emissions().stream().flatMap(emission -> functions(manner, emission).stream()))
                .anyMatch(StepFunction::rounded);
    }

    static Comparator<Fit> plainest() {
        return Comparator.comparing((Fit fit) -> fit.manner().pair().lateness())
                .thenComparing(fit -> fit.manner().duplicates().kind())
                .thenComparing(fit -> -fit.manner().duplicates().horizonMicros())
                .thenComparing(Fit::emission)
                .thenComparing(fit -> fit.manner().pair().clock());
    }
}
