package dev.tandem.diff.why;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.table.Columns;
import dev.tandem.diff.table.Comparison;
import dev.tandem.diff.why.Bench.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tries every hypothesis, keeps the change that makes the most values equal, and goes on with the changed tables. Large tables are searched in
 * a sample; what was found there is then applied to all rows, and those counts are reported.
 */
public final class Search {
    private static final int MOST_STEPS = 3;
    /** A change must fix this share of the values that still differ. */
    private static final double LEAST_OF_REST = 0.2;
    /** All changes together must make this share of the rows equal; else they are chance. */
    private static final double LEAST_OF_ALL = 0.2;

    /** In the order of preference where two changes are equally good. */
    private static final List<Hypothesis> HYPOTHESES = List.of(
            new TimeShift(),
            new Spelling(),
            new NullOrEmpty(),
            new ZeroOrAbsent(),
            new CountedTwice(),
            new Sign(),
            new UnitFactor(),
            new Rounding(),
            new TimeCut(),
            new ReadLater(),
            new MissingSlice(),
            new StaleValue(),
            new OtherBounds());

    private final Duck duck;
    private final Columns columns;

    /** What hides a change of times: names in the key that are spelt in another way. */
    private static final List<Hypothesis> OF_NAMES = List.of(new Spelling(), new NullOrEmpty());

    private static final List<Hypothesis> OF_TIMES = List.of(new TimeShift(), new TimeCut());

    private record Found(Candidate candidate, Score score) {}

    public Search(Duck duck, Columns columns) {
        this.duck = duck;
        this.columns = columns;
    }

    /** Explains the tables that a {@link Comparison} has left; {@code differing} rows differ in them. */
    public Explanation explain(long differing) {
        if (differing == 0) {
            return Explanation.NONE;
        }
        var bench = new Sample(duck, columns).bench();
        var candidates = new ArrayList<Candidate>();
        while (candidates.size() < MOST_STEPS) {
            var found = best(bench, HYPOTHESES);
            var next = found.isPresent() ? List.of(found.get()) : bestTwo(bench);
            if (next.isEmpty()) {
                break;
            }
            for (var step : next) {
                candidates.add(step.candidate());
                bench = applied(bench, step.candidate(), "step" + candidates.size());
            }
            if (next.get(next.size() - 1).score().rows() == 0) {
                break;
            }
        }
        var whole = new Bench(duck, columns, Comparison.LEFT, Comparison.RIGHT, Comparison.PAIRS);
        return verified(differing, candidates, whole);
    }

    /** Two changes of the key that help only together: rows find each other when both name and time are repaired. */
    private List<Found> bestTwo(Bench bench) {
        var before = bench.score();
        var best = List.<Found>of();
        int tried = 0;
        for (var hypothesis : OF_NAMES) {
            for (var first : hypothesis.candidates(bench)) {
                if (first.keys() == Candidate.Keys.CHANGED) {
                    var repaired = applied(bench, first, "tried" + tried++);
                    var second = best(repaired, OF_TIMES);
                    long least = best.isEmpty()
                            ? before.cells()
                            : best.get(1).score().cells();
                    if (second.isPresent() && second.get().score().cells() < least) {
                        best = List.of(new Found(first, repaired.score()), second.get());
                    }
                }
            }
        }
        return best;
    }

    private Optional<Found> best(Bench bench, List<Hypothesis> hypotheses) {
        var before = bench.score();
        return hypotheses.stream()
                .flatMap(hypothesis -> hypothesis.candidates(bench).stream())
                .map(candidate -> new Found(candidate, bench.score(candidate)))
                .filter(found -> before.cells() - found.score().cells() >= LEAST_OF_REST * before.cells())
                .max(Comparator.comparingDouble(
                        found -> (before.cells() - found.score().cells())
                                * found.candidate().weight()));
    }

    private Bench applied(Bench bench, Candidate candidate, String name) {
        var left = name + "_left";
        var right = name + "_right";
        duck.run("CREATE TABLE %s AS SELECT * FROM %s".formatted(left, bench.rewritten(candidate, candidate.left())));
        duck.run("CREATE TABLE %s AS SELECT * FROM %s".formatted(right, bench.rewritten(candidate, candidate.right())));
        var pairs = name + "_pairs";
        columns.makePairs(duck, left, right, pairs);
        return new Bench(duck, columns, left, right, pairs);
    }

    /** Applies the changes to all rows, one after the other. */
    private Explanation verified(long differing, List<Candidate> candidates, Bench whole) {
        var steps = new ArrayList<Explanation.Step>();
        var bench = whole;
        for (var candidate : candidates) {
            var name = "verified" + steps.size();
            duck.run("CREATE TABLE %s_left AS SELECT * FROM %s"
                    .formatted(name, bench.rewritten(candidate, candidate.left())));
            duck.run("CREATE TABLE %s_right AS SELECT * FROM %s"
                    .formatted(name, bench.rewritten(candidate, candidate.right())));
            bench = new Bench(duck, columns, name + "_left", name + "_right", "");
            steps.add(new Explanation.Step(
                    candidate.pattern(), candidate.change(), bench.score().rows()));
        }
        while (!steps.isEmpty() && steps.get(steps.size() - 1).remaining() > differing) {
            steps.remove(steps.size() - 1);
        }
        var explanation = new Explanation(differing, steps);
        return differing - explanation.remaining() >= LEAST_OF_ALL * differing
                ? explanation
                : new Explanation(differing, List.of());
    }
}
