package dev.tandem.diff.table;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.side.Side;
import dev.tandem.diff.table.ValueType.Nature;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds for two columns the type that they are compared as. What a person should know of it becomes a note; a doubt becomes an error. */
final class Reconciling {
    private static final Column.Type TEXT = new Column.Type(Column.Kind.TEXT, "VARCHAR");
    private static final Column.Type TIME = new Column.Type(Column.Kind.TIME, "TIMESTAMP");

    private final Duck duck;
    private final RawSide left;
    private final RawSide right;
    private final Question question;
    private final List<String> notes = new ArrayList<>();

    /** A side as it was read. */
    record RawSide(String word, String table, Side.Typing typing, Map<String, String> types, Optional<ZoneId> zone) {}

    Reconciling(Duck duck, RawSide left, RawSide right, Question question) {
        this.duck = duck;
        this.left = left;
        this.right = right;
        this.question = question;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    Column column(ColumnMatching.Match match, String field) {
        var wanted = Optional.ofNullable(question.choice().types().get(match.left()));
        var leftType = type(left, match.left(), right, match.right());
        var rightType = type(right, match.right(), left, match.left());
        var type =
                wanted.map(it -> forced(it, leftType, rightType)).orElseGet(() -> common(match, leftType, rightType));
        var tolerance = type.number()
                ? Optional.ofNullable(question.choice().tolerances().get(match.left()))
                        .or(() -> field.startsWith("k")
                                ? Optional.empty()
                                : question.choice().everywhere())
                : Optional.<Tolerance>empty();
        return new Column(
                match.left(),
                field,
                type,
                origin(left, match.left(), leftType, type),
                origin(right, match.right(), rightType, type),
                tolerance);
    }

    private ValueType type(RawSide side, String name, RawSide other, String otherName) {
        var declared = ValueType.declared(side.types().getOrDefault(name, "VARCHAR"));
        var opposite = ValueType.declared(other.types().getOrDefault(otherName, "VARCHAR"));
        boolean byValue = side.typing() == Side.Typing.BY_VALUE
                || opposite.nature() != Nature.TEXT
                || other.typing() == Side.Typing.BY_VALUE;
        return declared.nature() == Nature.TEXT && byValue ? new TextValues(duck, side.table(), name).type() : declared;
    }

    private static Column.Type forced(Question.Wanted wanted, ValueType left, ValueType right) {
        return switch (wanted) {
            case TEXT -> TEXT;
            case TIME -> TIME;
            case DATE -> new Column.Type(Column.Kind.DATE, "DATE");
            case NUMBER ->
                left.number() && right.number() ? left.number(right) : new Column.Type(Column.Kind.FLOATING, "DOUBLE");
        };
    }

    private Column.Type common(ColumnMatching.Match match, ValueType one, ValueType other) {
        var left = one.nature() == Nature.NOTHING ? other : one;
        var right = other.nature() == Nature.NOTHING ? one : other;
        if (left.number() && right.number()) {
            return left.number(right);
        }
        if (left.nature() == Nature.NOTHING || (left.nature() == Nature.TEXT && right.nature() == Nature.TEXT)) {
            return TEXT;
        }
        if (left.nature() == Nature.TRUTH && right.nature() == Nature.TRUTH) {
            return new Column.Type(Column.Kind.TRUTH, "BOOLEAN");
        }
        if (left.nature() == Nature.DATE && right.nature() == Nature.DATE) {
            return new Column.Type(Column.Kind.DATE, "DATE");
        }
        return mixed(match, left, right);
    }

    private Column.Type mixed(ColumnMatching.Match match, ValueType left, ValueType right) {
        if (temporal(left) && temporal(right)) {
            noteZone(match, left, right);
            return TIME;
        }
        if ((temporal(left) && right.nature() == Nature.WHOLE) || (left.nature() == Nature.WHOLE && temporal(right))) {
            return TIME;
        }
        if ((left.nature() == Nature.TRUTH && right.nature() == Nature.WHOLE)
                || (left.nature() == Nature.WHOLE && right.nature() == Nature.TRUTH)) {
            return new Column.Type(Column.Kind.WHOLE, "BIGINT");
        }
        if (namesWithZeros(match, left, right)) {
            notes.add("%s: one side has leading zeros, so both are compared as text".formatted(match.left()));
            return TEXT;
        }
        throw ambiguous(match, left, right);
    }

    /** Text that would be numbers but for its leading zeros, against whole numbers. */
    private boolean namesWithZeros(ColumnMatching.Match match, ValueType left, ValueType right) {
        boolean leftIsText = left.nature() == Nature.TEXT && right.nature() == Nature.WHOLE;
        boolean rightIsText = right.nature() == Nature.TEXT && left.nature() == Nature.WHOLE;
        return (leftIsText && fits(this.left, match.left())) || (rightIsText && fits(this.right, match.right()));
    }

    private boolean fits(RawSide side, String name) {
        return new TextValues(duck, side.table(), name).unfit("BIGINT").isEmpty();
    }

    private static boolean temporal(ValueType type) {
        return type.time() || type.nature() == Nature.DATE;
    }

    private void noteZone(ColumnMatching.Match match, ValueType left, ValueType right) {
        if (left.nature() == Nature.LOCAL_TIME
                && right.nature() == Nature.INSTANT
                && this.left.zone().isEmpty()) {
            notes.add("%s: LEFT has times without a zone, taken as UTC (--zone left=… for another)"
                    .formatted(match.left()));
        }
        if (right.nature() == Nature.LOCAL_TIME
                && left.nature() == Nature.INSTANT
                && this.right.zone().isEmpty()) {
            notes.add("%s: RIGHT has times without a zone, taken as UTC (--zone right=… for another)"
                    .formatted(match.left()));
        }
    }

    private DiffException ambiguous(ColumnMatching.Match match, ValueType left, ValueType right) {
        boolean leftIsText = left.nature() == Nature.TEXT;
        var text = leftIsText ? this.left : this.right;
        var name = leftIsText ? match.left() : match.right();
        var wanted = leftIsText ? right : left;
        var word = wanted.number() ? "number" : wanted.nature() == Nature.DATE ? "date" : "time";
        var unfit = new TextValues(duck, text.table(), name)
                .unfit(wanted.number() ? "DOUBLE" : wanted.nature() == Nature.DATE ? "DATE" : "TIMESTAMPTZ")
                .orElse("nothing that fits");
        return DiffException.question(
                "Cannot compare '%s': LEFT has %s, RIGHT has %s, and %s has %s; say --type %s=text to compare as written, or --type %s=%s to take what does not fit as null"
                        .formatted(
                                match.left(),
                                this.left.types().getOrDefault(match.left(), ""),
                                this.right.types().getOrDefault(match.right(), ""),
                                text.word(),
                                unfit,
                                match.left(),
                                match.left(),
                                word));
    }

    private Column.Origin origin(RawSide side, String name, ValueType from, Column.Type to) {
        var declared = side.types().getOrDefault(name, "VARCHAR");
        return new Column.Origin(
                name,
                declared,
                switch (to.kind()) {
                    case TIME -> time(side, name, from);
                    case TEXT ->
                        declared.equals("BLOB") ? "lower(hex(%s))".formatted(Sql.name(name)) : cast(name, "VARCHAR");
                    case DATE -> from.nature() == Nature.TEXT ? "TRY_" + cast(name, "DATE") : cast(name, "DATE");
                    default -> from.nature() == Nature.TEXT ? "TRY_" + cast(name, to.sql()) : cast(name, to.sql());
                });
    }

    private static String cast(String name, String type) {
        return "CAST(%s AS %s)".formatted(Sql.name(name), type);
    }

    /** All times as UTC without a zone. */
    private String time(RawSide side, String name, ValueType from) {
        var value = Sql.name(name);
        if (from.nature() == Nature.WHOLE) {
            return "make_timestamp(CAST(%s * %d AS BIGINT))".formatted(value, microsPerUnit(side, name));
        }
        if (from.nature() == Nature.INSTANT) {
            return "CAST(%s AS TIMESTAMP)".formatted(value);
        }
        boolean text =
                ValueType.declared(side.types().getOrDefault(name, "VARCHAR")).nature() == Nature.TEXT;
        if (side.zone().isEmpty()) {
            return text ? "CAST(TRY_CAST(%s AS TIMESTAMPTZ) AS TIMESTAMP)".formatted(value) : cast(name, "TIMESTAMP");
        }
        var local = Sql.utc(
                "TRY_CAST(%s AS TIMESTAMP)".formatted(value), side.zone().get());
        return text
                ? "CASE WHEN regexp_matches(%1$s, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') AND length(%1$s) > 10 THEN CAST(TRY_CAST(%1$s AS TIMESTAMPTZ) AS TIMESTAMP) ELSE %2$s END"
                        .formatted(value, local)
                : local;
    }

    /** Whole numbers as times: seconds, milliseconds, microseconds or nanoseconds since 1970, whichever gives our century. */
    private long microsPerUnit(RawSide side, String name) {
        var largest = duck.number(
                "SELECT coalesce(max(abs(%s::HUGEINT)), 0) FROM %s".formatted(Sql.name(name), side.table()));
        if (largest < 100_000_000_000L) {
            notes.add("%s: %s has whole numbers, taken as seconds since 1970".formatted(name, side.word()));
            return 1_000_000;
        }
        if (largest < 100_000_000_000_000L) {
            notes.add("%s: %s has whole numbers, taken as milliseconds since 1970".formatted(name, side.word()));
            return 1_000;
        }
        notes.add("%s: %s has whole numbers, taken as microseconds since 1970".formatted(name, side.word()));
        return 1;
    }
}
