package dev.tandem.engine.definition;

import dev.tandem.engine.expression.Types;
import dev.tandem.engine.expression.Values;
import dev.tandem.fold.Landed;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Step;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What each step makes of one record. Compiles the definition up to each of its steps, which takes some hundredths of a second for
 * each: for a record or two, not for a log.
 */
public final class StepTrace {
    /**
     * A record after a step.
     *
     * @param step what the step does, in the words of the definition; {@code parsed} for the beginning
     * @param values its columns by name
     * @param rule the rule that refuses it from here on
     * @param left whether a filter or a side output has led it out
     * @param branch the side output that it left by
     */
    public record After(
            String step,
            Map<String, @Nullable Object> values,
            Optional<String> rule,
            boolean left,
            Optional<String> branch) {}

    private final Compiled compiled;

    public StepTrace(Compiled compiled) {
        this.compiled = compiled;
    }

    /** The record as it was parsed, then after each step up to the one on which an expression fails. */
    public List<After> of(Landed landed) {
        var pipeline = compiled.pipeline();
        var all = new ArrayList<After>();
        for (int count = 0; count <= pipeline.steps().size(); count++) {
            var told = count == 0 ? "parsed" : told(pipeline, pipeline.steps().get(count - 1));
            try {
                all.add(after(told, pipeline.steps().subList(0, count), landed));
            } catch (SparkRuntimeException
                    | ArithmeticException
                    | DateTimeException
                    | IllegalArgumentException
                    | IndexOutOfBoundsException e) {
                all.add(new After(told, Map.of(), Optional.of(ParsedRows.FAILED_REASON), false, Optional.empty()));
                return all;
            }
        }
        return all;
    }

    private After after(String told, List<Step> some, Landed landed) {
        var steps = compiled.parsed();
        steps.begin(compiled.pipeline().schema());
        some.forEach(step -> step.accept(steps));
        var type = steps.rows().schema();
        var links = new ArrayList<>(steps.links());
        links.addAll(Chain.projections(steps.rows()));
        var parsing = new ParsedRows(
                compiled.pipeline().schema().landed(),
                compiled.pipeline().source().format());
        var row = new Chain(links).running().apply(parsing.row(landed));
        var exit = text(row, type, Compiled.EXIT);
        return new After(
                told,
                values(row, type, steps.fields()),
                text(row, type, Compiled.REASON),
                exit.isPresent(),
                exit.map(it -> it.substring(1)).filter(it -> !it.isEmpty()));
    }

    private static Map<String, @Nullable Object> values(InternalRow row, StructType type, List<String> names) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var name : names) {
            int index = type.fieldIndex(name);
            var its = type.apply(index).dataType();
            if (isTold(its)) {
                values.put(name, Values.of(row, index, its));
            }
        }
        return values;
    }

    /** An interval, say, is only there for later expressions. */
    private static boolean isTold(DataType type) {
        return type instanceof ArrayType list
                ? isTold(list.elementType())
                : Types.ofSpark(type).isPresent();
    }

    private static Optional<String> text(InternalRow row, StructType type, String name) {
        int index = type.fieldIndex(name);
        return row.isNullAt(index)
                ? Optional.empty()
                : Optional.of(row.getUTF8String(index).toString());
    }

    private static String told(Pipeline pipeline, Step step) {
        return step.fold(
                set -> "set " + names(set.assignments()),
                require -> "require " + names(require.rules()),
                keep -> "keep " + keep.condition().text(),
                split -> "split " + names(split.branches()),
                join -> "join " + join.dimension(),
                dedup -> "dedup by "
                        + pipeline.dedup().map(it -> String.join(", ", it.by())).orElse("nothing"));
    }

    private static String names(List<Step.Named> named) {
        return named.stream().map(Step.Named::name).collect(Collectors.joining(", "));
    }
}
