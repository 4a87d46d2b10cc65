package dev.tandem.diff.table;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.side.HashedSide;
import dev.tandem.diff.side.HashedSide.Chosen;
import dev.tandem.diff.side.HashedSide.Cut;
import dev.tandem.diff.side.HashedSide.Declared;
import dev.tandem.diff.side.HashedSide.Hashed;
import dev.tandem.diff.side.HashedSide.Kind;
import dev.tandem.diff.side.HashedSide.Segment;
import dev.tandem.diff.side.Side;
import dev.tandem.diff.table.ColumnMatching.Match;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads of two tables only what differs, where both databases can hash. Each sums the hashes of its rows for segments of keys; a segment whose
 * count and sums are the same on both sides has the same rows, and stays where it is.
 */
final class Bisection {
    static final int SEGMENTS = 1_024;
    /** Below that nothing is gained. */
    static final long LEAST_ROWS = 10_000;
    /** A differing segment is cut into so many parts once more. */
    private static final int PARTS = 32;
    /** So many differing segments are cut once more. */
    private static final int MOST_CUT = 64;

    private final Duck duck;
    private final Question question;

    /**
     * What was read, into the two tables.
     *
     * @param unread rows that each side has and that are the same
     * @param told what a person should know of it; empty where the tables are too small
     */
    record Done(Side.Reading left, Side.Reading right, long unread, Optional<String> told) {}

    private record Both(HashedSide left, HashedSide right) {}

    /** The columns of both sides in the same order and form, the key first. */
    private record Plan(List<Hashed> left, List<Hashed> right, int keys) {
        boolean byNumber() {
            return left.get(0).kind() == Kind.WHOLE && right.get(0).kind() == Kind.WHOLE;
        }
    }

    /** A plan, or why there is none. */
    private record Planned(Optional<Plan> plan, String refusal) {
        static Planned refused(String why) {
            return new Planned(Optional.empty(), why);
        }
    }

    /** The segments in which the sides differ. */
    private record Found(Cut left, Cut right, int segments, Set<Long> differing, long rows) {}

    Bisection(Duck duck, Question question) {
        this.duck = duck;
        this.question = question;
    }

    /** Whether it can be tried. */
    boolean isPossible() {
        return question.extent().reach() == Question.Reach.SEGMENTS
                && HashedSide.canHash(question.left().side())
                && HashedSide.canHash(question.right().side());
    }

    /** Reads both sides into {@code left} and {@code right}: what differs, or all where that is more certain. */
    Done read(String left, String right) {
        try (var one = HashedSide.open(question.left().side());
                var other = HashedSide.open(question.right().side())) {
            var both = new Both(one, other);
            long rows = Math.max(one.count(), other.count());
            if (rows < LEAST_ROWS) {
                return whole(both, left, right, Optional.empty());
            }
            var planned = plan(both);
            if (planned.plan().isEmpty()) {
                return whole(both, left, right, Optional.of("all rows were read: " + planned.refusal()));
            }
            var plan = planned.plan().get();
            var coarse = found(both, plan, cuts(both, plan), Optional.empty());
            var found = finer(both, plan, coarse).orElse(coarse);
            return read(both, coarse, found, List.of(left, right));
        }
    }

    private Done whole(Both both, String left, String right, Optional<String> told) {
        return new Done(
                both.left().read(duck, left, Optional.empty()),
                both.right().read(duck, right, Optional.empty()),
                0,
                told);
    }

    private Done read(Both both, Found coarse, Found found, List<String> tables) {
        long all = both.left().count();
        var segments = "%,d of %,d segments of keys differ"
                .formatted(coarse.differing().size(), coarse.segments());
        if (coarse.rows() > all / 2) {
            return whole(both, tables.get(0), tables.get(1), Optional.of(segments + ", so all rows were read"));
        }
        var left = both.left().read(duck, tables.get(0), Optional.of(new Chosen(found.left(), found.differing())));
        var right = both.right().read(duck, tables.get(1), Optional.of(new Chosen(found.right(), found.differing())));
        long read = duck.number("SELECT count(*) FROM " + tables.get(0));
        return new Done(
                left,
                right,
                all - read,
                Optional.of(
                        "%s; %,d of %,d rows of LEFT were read, and in the others every compared column is equal by checksum. Duplicate keys, rows by time and value, and patterns are those of the rows that were read (--whole reads all)"
                                .formatted(segments, read, all)));
    }

    private Planned plan(Both both) {
        if (question.left().where().isPresent() || question.right().where().isPresent()) {
            return Planned.refused("a condition chooses rows, and it is not sent to the databases");
        }
        if (question.left().zone().isPresent() || question.right().zone().isPresent()) {
            return Planned.refused("times are moved to another zone before they are compared");
        }
        var left = both.left().columns();
        var right = both.right().columns();
        var matches = new ColumnMatching(ducks(left), ducks(right), question).matches();
        var all = new ArrayList<>(matches.keys());
        all.addAll(matches.values());
        var hashed = new ArrayList<List<Hashed>>();
        for (var match : all) {
            var pair = pair(named(left, match.left()), named(right, match.right()));
            if (pair.isEmpty()) {
                return Planned.refused(
                        "'%s' is %s in LEFT and %s in RIGHT, whose text is not certain to be the same in both databases"
                                .formatted(
                                        match.left(),
                                        named(left, match.left()).type(),
                                        named(right, match.right()).type()));
            }
            hashed.add(pair);
        }
        if (forced(all)) {
            return Planned.refused("--type says what columns are compared as");
        }
        if (!both.left().isUtf8() || !both.right().isUtf8()) {
            return Planned.refused("a database keeps its texts in another encoding than UTF-8");
        }
        return new Planned(
                Optional.of(new Plan(
                        hashed.stream().map(pair -> pair.get(0)).toList(),
                        hashed.stream().map(pair -> pair.get(1)).toList(),
                        matches.keys().size())),
                "");
    }

    private boolean forced(List<Match> all) {
        return all.stream().anyMatch(match -> question.choice().types().containsKey(match.left()));
    }

    private static List<Duck.Column> ducks(List<Declared> columns) {
        return columns.stream()
                .map(column -> new Duck.Column(column.name(), column.type()))
                .toList();
    }

    private static Declared named(List<Declared> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Both columns as the same form; empty where none is certain. */
    private static List<Hashed> pair(Declared left, Declared right) {
        if (left.kind().isEmpty() || right.kind().isEmpty()) {
            return List.of();
        }
        var one = left.kind().get();
        var other = right.kind().get();
        if (isNumber(one) && isNumber(other) && (one == Kind.DECIMAL || other == Kind.DECIMAL)) {
            int scale = Math.max(scale(left), scale(right));
            return List.of(new Hashed(left.name(), Kind.DECIMAL, scale), new Hashed(right.name(), Kind.DECIMAL, scale));
        }
        boolean same = one == other || (isWhole(one) && isWhole(other)) || (isTime(one) && isTime(other));
        return same ? List.of(new Hashed(left.name(), one, 0), new Hashed(right.name(), other, 0)) : List.of();
    }

    private static int scale(Declared column) {
        return column.kind().equals(Optional.of(Kind.DECIMAL)) ? column.scale() : 0;
    }

    private static boolean isNumber(Kind kind) {
        return kind == Kind.WHOLE || kind == Kind.DECIMAL;
    }

    private static boolean isWhole(Kind kind) {
        return kind == Kind.WHOLE || kind == Kind.TRUTH;
    }

    private static boolean isTime(Kind kind) {
        return kind == Kind.LOCAL_TIME || kind == Kind.MOMENT;
    }

    /** The first column of the key where it is whole numbers on both sides; else the hash of the key. */
    private List<Cut> cuts(Both both, Plan plan) {
        if (plan.byNumber()) {
            var left = both.left().bounds(plan.left().get(0).name());
            var right = both.right().bounds(plan.right().get(0).name());
            if (left.isPresent() && right.isPresent()) {
                var least = left.get().least().min(right.get().least());
                var span = left.get().greatest().max(right.get().greatest()).subtract(least);
                var width = span.divide(BigInteger.valueOf(SEGMENTS)).add(BigInteger.ONE);
                return stretches(plan, least, width);
            }
        }
        return List.of(
                new Cut.Buckets(plan.left().subList(0, plan.keys()), SEGMENTS),
                new Cut.Buckets(plan.right().subList(0, plan.keys()), SEGMENTS));
    }

    private static List<Cut> stretches(Plan plan, BigInteger least, BigInteger width) {
        return List.of(
                new Cut.Stretches(plan.left().get(0).name(), least, width),
                new Cut.Stretches(plan.right().get(0).name(), least, width));
    }

    private static Found found(Both both, Plan plan, List<Cut> cuts, Optional<Found> within) {
        var left =
                both.left().segments(cuts.get(0), plan.left(), within.map(it -> new Chosen(it.left(), it.differing())));
        var right = both.right()
                .segments(cuts.get(1), plan.right(), within.map(it -> new Chosen(it.right(), it.differing())));
        var numbers = new HashSet<>(left.keySet());
        numbers.addAll(right.keySet());
        var differing = new TreeSet<Long>();
        long rows = 0;
        for (var number : numbers) {
            if (differ(number, left, right)) {
                differing.add(number);
                rows += left.containsKey(number) ? left.get(number).rows() : 0;
            }
        }
        return new Found(cuts.get(0), cuts.get(1), numbers.size(), differing, rows);
    }

    /** Rows with a null in the place of a number are always read, as they are reported. */
    private static boolean differ(long number, Map<Long, Segment> left, Map<Long, Segment> right) {
        var one = left.get(number);
        return number < 0 || one == null || !one.equals(right.get(number)) || one.hashed() != one.rows();
    }

    /** Each of a few differing stretches cut once more. */
    private static Optional<Found> finer(Both both, Plan plan, Found coarse) {
        if (!(coarse.left() instanceof Cut.Stretches stretches)
                || coarse.differing().isEmpty()
                || coarse.differing().size() > MOST_CUT
                || stretches.width().compareTo(BigInteger.valueOf(PARTS)) < 0) {
            return Optional.empty();
        }
        var width = stretches.width().divide(BigInteger.valueOf(PARTS));
        return Optional.of(found(both, plan, stretches(plan, stretches.least(), width), Optional.of(coarse)));
    }
}
