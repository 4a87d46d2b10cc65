package dev.tandem.engine.definition;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.tandem.engine.expression.Types;
import dev.tandem.model.FieldOrigin;
import dev.tandem.model.Schema;
import dev.tandem.model.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compiles the steps of a definition to columns, one after the other. A join cannot be a projection: what came before it becomes
 * links of the chain, and new projections begin after the look-up.
 */
public final class Steps implements Step.Visitor {
    private static final char BEFORE_DEDUP = '0';
    static final char AFTER_DEDUP = '1';

    private final Nothing nothing;
    private final Map<String, DimensionRows> dimensions;
    private final List<Chain.Link> links = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private Dataset<Row> rows;
    private char side = BEFORE_DEDUP;
    /** Whether {@code arrived_at} is a column of the record's own. */
    private boolean ownArrival;

    /** Makes a data frame of no rows. */
    interface Nothing {
        Dataset<Row> of(StructType type);
    }

    Steps(Nothing nothing, Dataset<Row> parsed, Map<String, DimensionRows> dimensions) {
        this.nothing = nothing;
        this.rows = parsed;
        this.dimensions = dimensions;
    }

    /** The rows so far, over what the links have made. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** Adds the columns that steps write to, those of the message, and what an expression may name beside the record's own. */
    public void begin(Schema schema) {
        rows = rows.withColumn(Compiled.REASON, col(ParsedRows.UNUSABLE))
                .withColumn(Compiled.EXIT, expr("CAST(NULL AS STRING)"));
        for (var field : schema.ofMessage()) {
            rows = rows.withColumn(field.name(), ofMessage(field).cast(Types.ofField(field.type())));
        }
        ownArrival = schema.names().stream().anyMatch(ParsedRows.ARRIVED_AT::equalsIgnoreCase);
        if (!ownArrival) {
            rows = rows.withColumn(ParsedRows.ARRIVED_AT, col(ParsedRows.ARRIVED));
        }
    }

    private static Column ofMessage(Schema.Field field) {
        return switch ((FieldOrigin.OfMessage) field.origin()) {
            case PARTITION -> col(ParsedRows.PARTITION);
            case OFFSET -> col(ParsedRows.POSITION);
            case BROKER_TIME -> col(ParsedRows.ARRIVED);
        };
    }

    /** What is to be done before the projections of {@link #rows}. */
    List<Chain.Link> links() {
        return links;
    }

    @Override
    public void set(Step.Set set) {
        for (var assignment : set.assignments()) {
            rows = rows.withColumn(
                    assignment.name(), expr(assignment.expression().text()));
            ownArrival |= assignment.name().equalsIgnoreCase(ParsedRows.ARRIVED_AT);
        }
    }

    @Override
    public void require(Step.Require require) {
        var cases = require.rules().stream()
                .map(rule -> "WHEN NOT coalesce((%s), false) THEN '%s'"
                        .formatted(rule.expression().text(), rule.name()))
                .collect(Collectors.joining(" "));
        rows = rows.withColumn(
                Compiled.REASON,
                expr("CASE WHEN %1$s IS NOT NULL THEN %1$s %2$s END"
                        .formatted(Compiled.quoted(Compiled.REASON), cases)));
    }

    @Override
    public void keep(Step.Keep keep) {
        leave("WHEN NOT coalesce((%s), false) THEN '%s'"
                .formatted(keep.condition().text(), side));
    }

    @Override
    public void split(Step.Split split) {
        leave(split.branches().stream()
                .map(branch ->
                        "WHEN (%s) THEN '%s%s'".formatted(branch.expression().text(), side, branch.name()))
                .collect(Collectors.joining(" ")));
    }

    @Override
    public void deduplicate(Step.Deduplicate dedup) {
        side = AFTER_DEDUP;
    }

    @Override
    public void join(Step.Join join) {
        join(join.dimension());
    }

    /** The first step that leads a record out decides. */
    private void leave(String cases) {
        rows = rows.withColumn(
                Compiled.EXIT,
                expr("CASE WHEN %1$s IS NOT NULL THEN %1$s %2$s END".formatted(Compiled.quoted(Compiled.EXIT), cases)));
    }

    private void join(String name) {
        var dimension = dimensions.get(name);
        if (dimension == null) {
            throw new IllegalStateException("Cannot compile: the dimension '%s' was not read".formatted(name));
        }
        boolean bringsArrival =
                Arrays.stream(dimension.type().fieldNames()).anyMatch(ParsedRows.ARRIVED_AT::equalsIgnoreCase);
        if (bringsArrival && !ownArrival) {
            rows = rows.drop(ParsedRows.ARRIVED_AT);
        }
        ownArrival |= bringsArrival;
        var before = rows.schema();
        var keys = new ArrayList<Integer>();
        for (var key : dimension.key()) {
            keys.add(before.fieldIndex(key));
        }
        links.addAll(Chain.projections(rows));
        links.add(new LookUp(
                dimension,
                keys,
                keys.stream().map(index -> before.apply(index).dataType()).toList()));
        joined.add(name);
        var fields = new ArrayList<>(Arrays.asList(before.fields()));
        fields.addAll(Arrays.asList(dimension.type().fields()));
        rows = nothing.of(new StructType(fields.toArray(StructField[]::new)));
    }

    /** The names of the dimensions that had no row for a record, as one text; null where each had. */
    String unmatched() {
        if (joined.isEmpty()) {
            return "CAST(NULL AS STRING)";
        }
        var names = joined.stream()
                .map(name ->
                        "CASE WHEN NOT %s THEN '%s' END".formatted(Compiled.quoted(DimensionRows.matched(name)), name))
                .collect(Collectors.joining(", "));
        return "nullif(concat_ws(',', %s), '')".formatted(names);
    }

    /** The columns that a record has after the steps, in the order in which they came up. */
    List<String> fields() {
        return Arrays.stream(rows.schema().fieldNames())
                .filter(name -> !name.startsWith(ParsedRows.INTERNAL))
                .filter(name -> ownArrival || !name.equals(ParsedRows.ARRIVED_AT))
                .toList();
    }
}
