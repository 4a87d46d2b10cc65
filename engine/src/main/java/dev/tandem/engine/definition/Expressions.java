package dev.tandem.engine.definition;

import dev.tandem.engine.expression.AllowedFunctions;
import dev.tandem.engine.expression.CaseMapping;
import dev.tandem.engine.expression.ExpressionFault;
import dev.tandem.engine.expression.ExpressionGrammar;
import dev.tandem.engine.expression.ExpressionTyping;
import dev.tandem.engine.expression.ProvidedFunctions;
import dev.tandem.engine.expression.Types;
import dev.tandem.model.Dimension;
import dev.tandem.model.Expression;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Place;
import dev.tandem.model.Problem;
import dev.tandem.model.Step;
import dev.tandem.model.View;
import dev.tandem.model.reading.Problems;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Checks every expression of a definition without running Spark: allowed functions, columns in scope, and types. Follows the
 * definition in the same order as {@link Compiled}, and reports all problems, not only the first. A column whose expression is
 * wrong has no type from then on, so that one mistake is reported once.
 */
public final class Expressions {
    private final ExpressionTyping typing;
    private final Problems problems = new Problems();
    private final Pipeline pipeline;
    /** Where each column is set that a step sets, by its name in lower case. */
    private final Map<String, Place> places = new HashMap<>();

    private StructType columns;

    private Expressions(Pipeline pipeline) {
        CaseMapping.initialiseFor(pipeline);
        typing = new ExpressionTyping();
        ProvidedFunctions.register();
        this.pipeline = pipeline;
        columns = new StructType();
        for (var field : pipeline.schema().fields()) {
            columns = columns.add(field.name(), Types.ofField(field.type()));
        }
        if (column(ParsedRows.ARRIVED_AT).isEmpty()) {
            columns = columns.add(ParsedRows.ARRIVED_AT, DataTypes.TimestampType);
        }
    }

    /** What is wrong with the expressions of {@code pipeline}; empty if nothing is. */
    public static List<Problem> check(Pipeline pipeline) {
        var check = new Expressions(pipeline);
        pipeline.steps().forEach(step -> step.accept(check.new StepTyping()));
        check.columnsInUse();
        pipeline.grouped().forEach(check::view);
        return check.problems.all();
    }

    /** What is wrong with {@code text} as a condition over the fields of a record as it was parsed; empty if nothing is. */
    public static List<Problem> checkCondition(Pipeline pipeline, String text) {
        var check = new Expressions(pipeline);
        check.condition(new Expression(text, Place.NOWHERE), check.columns, "'%s'".formatted(text));
        return check.problems.all();
    }

    /** The names of a record's columns after all steps of {@code pipeline}, in which nothing is wrong. */
    public static List<String> fields(Pipeline pipeline) {
        var check = new Expressions(pipeline);
        pipeline.steps().forEach(step -> step.accept(check.new StepTyping()));
        return check.fieldNames();
    }

    /** Whether Spark has a function {@code name}, so that no extension can bring one of that name. */
    public static boolean isOfSpark(String name) {
        return AllowedFunctions.isOfSpark(name);
    }

    /** The functions that an expression may call, in alphabetical order. */
    public static Set<String> functions() {
        return AllowedFunctions.names();
    }

    /** Types one step after the other; each sees the columns that the earlier ones have made. */
    private final class StepTyping implements Step.Visitor {
        @Override
        public void set(Step.Set set) {
            for (var assignment : set.assignments()) {
                var type = type(assignment.expression(), columns).orElse(DataTypes.NullType);
                places.put(
                        assignment.name().toLowerCase(Locale.ROOT),
                        assignment.expression().place());
                columns = with(columns, assignment.name(), type);
            }
        }

        @Override
        public void require(Step.Require require) {
            for (var rule : require.rules()) {
                condition(rule.expression(), columns, "the rule '%s'".formatted(rule.name()));
            }
        }

        @Override
        public void keep(Step.Keep keep) {
            condition(keep.condition(), columns, "what to keep");
        }

        @Override
        public void split(Step.Split split) {
            for (var branch : split.branches()) {
                condition(branch.expression(), columns, "the branch '%s'".formatted(branch.name()));
            }
        }

        @Override
        public void join(Step.Join join) {
            pipeline.dimensions().stream()
                    .filter(it -> it.name().equals(join.dimension()))
                    .forEach(Expressions.this::joined);
        }

        /** Its keys are names, which are looked up after all steps. */
        @Override
        public void deduplicate(Step.Deduplicate dedup) {}
    }

    private void joined(Dimension dimension) {
        for (var field : dimension.schema().fields()) {
            if (!dimension.key().contains(field.name())) {
                columns = with(columns, field.name(), Types.ofField(field.type()));
            }
        }
    }

    /** The columns that the definition names outside its expressions. Their places are not known any more. */
    private void columnsInUse() {
        column(pipeline.eventTime())
                .filter(type -> !(type instanceof TimestampType || type instanceof NullType))
                .ifPresent(type -> problems.add(
                        Place.NOWHERE,
                        "the event time '%s' is set to %s".formatted(pipeline.eventTime(), told(type)),
                        "set another column, or set it to a TIMESTAMP"));
        pipeline.dedup().ifPresent(dedup -> dedup.by().forEach(name -> holdable(name, "dedup")));
        pipeline.source().landing().key().forEach(name -> holdable(name, "the key of the landing table"));
        if (OutputNeeds.of(pipeline).fields()) {
            Arrays.stream(columns.fields()).forEach(this::writable);
            pipeline.outputs().forEach(this::partitioned);
        }
    }

    /** Refuses a column that records cannot be written with. */
    private void writable(StructField column) {
        var type = column.dataType();
        while (type instanceof ArrayType list) {
            type = list.elementType();
        }
        if (!(type instanceof NullType) && Types.ofSpark(type).isEmpty()) {
            problems.add(
                    places.getOrDefault(column.name().toLowerCase(Locale.ROOT), Place.NOWHERE),
                    "the column '%s' is %s, and an output of records cannot hold that"
                            .formatted(column.name(), told(column.dataType())),
                    "convert it to a number, text, time or boolean, as in unix_micros(b) - unix_micros(a)");
        }
    }

    /** Refuses folders by a list, and folders by every column, which leave none for the files. */
    private void partitioned(Output output) {
        output.asLake()
                .filter(lake -> lake.what()
                        .asRecords()
                        .filter(it -> it.kind() != Output.What.Kind.QUARANTINE)
                        .isPresent())
                .ifPresent(this::partitioned);
    }

    private void partitioned(Output.Lake lake) {
        lake.partition().stream()
                .filter(name -> column(name).filter(ArrayType.class::isInstance).isPresent())
                .forEach(name -> problems.add(
                        Place.NOWHERE,
                        "the lake '%s' has a folder for each '%s', which is a list".formatted(lake.folder(), name),
                        "name a column with single values"));
        if (lake.partition().containsAll(fieldNames())) {
            problems.add(
                    Place.NOWHERE,
                    "the lake '%s' has folders by every column, and none is left for its files"
                            .formatted(lake.folder()),
                    "leave one out of its partition");
        }
    }

    /** The columns of a record after all steps; {@code arrived_at} where it is the record's own. */
    private List<String> fieldNames() {
        boolean ownArrival = pipeline.schema().names().stream().anyMatch(ParsedRows.ARRIVED_AT::equalsIgnoreCase)
                || places.containsKey(ParsedRows.ARRIVED_AT)
                || pipeline.dimensions().stream()
                        .flatMap(dimension -> dimension.schema().names().stream())
                        .anyMatch(ParsedRows.ARRIVED_AT::equalsIgnoreCase);
        return Stream.of(columns.fieldNames())
                .filter(name -> ownArrival || !name.equals(ParsedRows.ARRIVED_AT))
                .toList();
    }

    private void holdable(String name, String where) {
        var type = column(name);
        if (type.isEmpty()) {
            problems.add(
                    Place.NOWHERE,
                    "%s names '%s', which is no column".formatted(where, name),
                    Problems.hint(name, List.of(columns.fieldNames())));
        } else if (!(type.get() instanceof NullType)
                && Types.ofSpark(type.get()).isEmpty()) {
            problems.add(
                    Place.NOWHERE,
                    "%s names '%s', which is %s".formatted(where, name, told(type.get())),
                    "use a number, text, time or boolean");
        }
    }

    private Optional<DataType> column(String name) {
        return Arrays.stream(columns.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(StructField::dataType)
                .findFirst();
    }

    private void view(View.Grouped view) {
        var seen = view.explode().map(this::exploded).orElse(columns);
        view.where().ifPresent(where -> condition(where, seen, "the 'where' of view '%s'".formatted(view.name())));
        for (var key : view.by()) {
            var what = "the key '%s' of view '%s'".formatted(key.name(), view.name());
            type(key.expression(), seen).ifPresent(type -> result(type, key.expression(), what));
        }
        for (var measure : view.measures()) {
            measure(measure, seen, "the measure '%s' of view '%s'".formatted(measure.name(), view.name()));
        }
        if (!view.derive().isEmpty() || view.having().isPresent()) {
            derived(view, results(view, seen));
        }
    }

    /** The columns of a view's row before anything is derived; their problems have been reported. */
    private StructType results(View.Grouped view, StructType seen) {
        var row = new StructType();
        if (!view.window().isGlobal()) {
            row = row.add(Derivations.START, DataTypes.TimestampType).add(Derivations.END, DataTypes.TimestampType);
        }
        for (var key : view.by()) {
            row = row.add(key.name(), held(typing(key.expression(), seen)));
        }
        for (var measure : view.measures()) {
            var argument = measure.argument()
                    .flatMap(it -> Types.ofSpark(typing(it, seen)))
                    .orElse(FieldType.LONG);
            row = row.add(measure.name(), Types.ofField(measure.kind().resultType(argument)));
        }
        return row;
    }

    private static DataType held(DataType type) {
        return Types.ofSpark(type).map(Types::ofField).orElse(DataTypes.NullType);
    }

    /** The type of an expression whose problems are reported elsewhere. */
    private DataType typing(Expression expression, StructType seen) {
        var read = ExpressionGrammar.read(expression.text(), names(seen));
        return read.tree().flatMap(tree -> typing.type(tree, seen).type()).orElse(DataTypes.NullType);
    }

    private void derived(View.Grouped view, StructType results) {
        var row = results;
        for (var assignment : view.derive()) {
            var what = "the column '%s' of view '%s'".formatted(assignment.name(), view.name());
            var type = type(assignment.expression(), row);
            type.ifPresent(it -> result(it, assignment.expression(), what));
            row = row.add(assignment.name(), type.orElse(DataTypes.NullType));
        }
        var seen = row;
        view.having().ifPresent(having -> condition(having, seen, "the 'having' of view '%s'".formatted(view.name())));
    }

    private StructType exploded(View.Explode explode) {
        var type = type(explode.each(), columns);
        if (type.isPresent() && !(type.get() instanceof ArrayType) && !(type.get() instanceof NullType)) {
            problems.add(
                    explode.each().place(),
                    "only a list can be exploded, this is %s".formatted(told(type.get())),
                    "give a list, as in array_distinct(hashtags) or split(text, ' ')");
        }
        DataType element =
                type.isPresent() && type.get() instanceof ArrayType list ? list.elementType() : DataTypes.NullType;
        return with(columns, explode.as(), element);
    }

    private void measure(Measure measure, StructType seen, String what) {
        measure.filter().ifPresent(filter -> condition(filter, seen, "the filter of " + what));
        measure.argument()
                .ifPresent(argument -> type(argument, seen).ifPresent(type -> {
                    if (measure.kind().needsNumbers()
                            && !(type instanceof NullType)
                            && Types.ofSpark(type).filter(FieldType::isNumber).isEmpty()) {
                        problems.add(
                                argument.place(),
                                "%s is the %s of %s"
                                        .formatted(what, measure.kind().word(), told(type)),
                                "give a number; count(…) counts what is there");
                    } else {
                        result(type, argument, what);
                    }
                }));
    }

    private void result(DataType type, Expression expression, String what) {
        if (type instanceof NullType) {
            // A column that is wrong has this type as well, and that has been told.
            if (problems.none()) {
                problems.add(
                        expression.place(),
                        "%s is always null, and has no type".formatted(what),
                        "give it one, as in CAST(NULL AS STRING)");
            }
        } else if (Types.ofSpark(type).isEmpty()) {
            problems.add(
                    expression.place(),
                    "%s is %s, which no result can hold".formatted(what, told(type)),
                    "use a number, text, time or boolean");
        }
    }

    private void condition(Expression expression, StructType seen, String what) {
        type(expression, seen).ifPresent(type -> {
            if (!(type instanceof BooleanType || type instanceof NullType)) {
                problems.add(
                        expression.place(),
                        "%s is %s, not a condition".formatted(what, told(type)),
                        "compare it with something, as in likes > 0 or text IS NOT NULL");
            }
        });
    }

    private Optional<DataType> type(Expression expression, StructType seen) {
        var read = ExpressionGrammar.read(expression.text(), names(seen));
        if (!read.faults().isEmpty() || read.tree().isEmpty()) {
            tell(expression, read.faults());
            return Optional.empty();
        }
        var typed = typing.type(read.tree().get(), seen);
        tell(expression, typed.faults());
        return typed.faults().isEmpty() ? typed.type() : Optional.empty();
    }

    private static Set<String> names(StructType seen) {
        Set<String> known = new TreeSet<>();
        for (var name : seen.fieldNames()) {
            known.add(name.toLowerCase(Locale.ROOT));
        }
        return known;
    }

    private void tell(Expression expression, List<ExpressionFault> faults) {
        faults.forEach(fault -> problems.add(fault.placeIn(expression), fault.what(), fault.hint()));
    }

    private static StructType with(StructType columns, String name, DataType type) {
        var kept = Arrays.stream(columns.fields())
                .filter(field -> !field.name().equalsIgnoreCase(name))
                .toArray(StructField[]::new);
        return new StructType(kept).add(name, type);
    }

    private static String told(DataType type) {
        return type.sql();
    }
}
