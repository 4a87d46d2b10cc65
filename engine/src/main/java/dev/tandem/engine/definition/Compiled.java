package dev.tandem.engine.definition;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.tandem.engine.expression.Types;
import dev.tandem.engine.prepare.GeneratedPacker;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Derivation;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Shape;
import dev.tandem.model.Durations;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/**
 * A definition compiled to Spark, once for both modes: {@link #prepare} is the only place where its expressions become columns,
 * and a micro-batch of the stream and the landed log of a batch both pass through it. Windows, measures and duplicates are not
 * here: they need other records, and belong to the fold.
 */
public final class Compiled {
    static final String REASON = ParsedRows.INTERNAL + "reason";
    static final String DETAIL = ParsedRows.INTERNAL + "detail";
    /** How a step led the record out: which side of the dedup it stands on, then the branch. */
    static final String EXIT = ParsedRows.INTERNAL + "exit";

    static final String UNMATCHED = ParsedRows.INTERNAL + "unmatched";
    static final String FIELD = ParsedRows.INTERNAL + "field_";
    static final String EVENT = ParsedRows.INTERNAL + "event";
    static final String VIEW = ParsedRows.INTERNAL + "view_";
    static final String NO_TIME_REASON = "event_time_missing";
    static final String FUTURE_REASON = "future_dated";
    /** What every prepared row begins with; the dedup key, the landing key and the views' rows follow. */
    static final List<String> COLUMNS = List.of(
            ParsedRows.PARTITION,
            ParsedRows.POSITION,
            ParsedRows.ARRIVED,
            ParsedRows.RAW,
            ParsedRows.MICRO_BATCH,
            ParsedRows.LANDED_AS,
            REASON,
            DETAIL,
            EXIT,
            EVENT,
            UNMATCHED);

    private static final String WHERE = "w";
    private static final String KEY = "k";
    private static final String ARGUMENT = "a";

    private final Pipeline pipeline;
    private final FoldPlan plan;
    private final JavaSparkContext context;
    private final Chain chain;
    private final Map<PackedContents, Broadcast<Workers>> workers = new HashMap<>();
    private final StructType preparedType;
    private final Map<String, String> versions = new TreeMap<>();
    private final Map<String, DimensionRows> dimensions;
    private final Steps.Nothing nothing;

    private Compiled(Pipeline pipeline, SparkSession session, Map<String, DimensionRows> dimensions) {
        this.pipeline = pipeline;
        dimensions.forEach((name, rows) -> versions.put(name, rows.version()));
        var context = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.dimensions = dimensions;
        this.nothing = type -> nothing(session, context, type);
        var steps = parsed();
        var prepared = prepare(pipeline, steps);
        this.preparedType = prepared.schema();
        this.plan = plan(pipeline, preparedType, new Derivations(nothing));
        var links = steps.links();
        links.addAll(Chain.projections(prepared));
        this.context = context;
        this.chain = new Chain(links);
    }

    /** The beginning of the steps: records as they were parsed. */
    public Steps parsed() {
        return new Steps(nothing, nothing.of(ParsedRows.type(pipeline.schema().landed())), dimensions);
    }

    private Workers made(PackedContents contents) {
        var packer = new GeneratedPacker(
                ParsedRows.type(pipeline.schema().landed()),
                chain.stages(),
                PreparedLayout.of(pipeline, plan),
                contents,
                projections(contents));
        return new Workers(pipeline.schema().landed(), pipeline.source().format(), packer);
    }

    /** Packs with Spark's projections, as the generated class must. */
    ProjectionPacker projections(PackedContents contents) {
        return new ProjectionPacker(chain, PreparedLayout.of(pipeline, plan), preparedType, contents);
    }

    private static Dataset<Row> nothing(SparkSession session, JavaSparkContext context, StructType type) {
        var classic = (org.apache.spark.sql.classic.SparkSession) session;
        return classic.internalCreateDataFrame(context.<InternalRow>emptyRDD().rdd(), type, false);
    }

    /** Compiles and types {@code pipeline}, which joins nothing; throws a definition error if an expression is wrong. */
    public static Compiled of(Pipeline pipeline, SparkRuntime spark) {
        return of(pipeline, spark, List.of());
    }

    /** The same with the rows of each dimension that the pipeline joins. */
    public static Compiled of(Pipeline pipeline, SparkRuntime spark, List<DimensionRows> dimensions) {
        return of(pipeline, spark.session(), dimensions);
    }

    static Compiled of(Pipeline pipeline, SparkSession session, List<DimensionRows> dimensions) {
        var byName = new HashMap<String, DimensionRows>();
        dimensions.forEach(it -> byName.put(it.name(), it));
        return new Compiled(pipeline, session, byName);
    }

    /** The version of each dimension in use, by name. */
    public Map<String, String> versions() {
        return versions;
    }

    /** The records that its outputs want. */
    public OutputNeeds wanted() {
        return OutputNeeds.of(pipeline);
    }

    /** What turns raw records into prepared rows, wherever that is done. */
    public Broadcast<Workers> workers() {
        return workers(PackedContents.ALL);
    }

    /** The same; packed records carry {@code contents}. */
    public synchronized Broadcast<Workers> workers(PackedContents contents) {
        return workers.computeIfAbsent(contents, key -> context.broadcast(made(key)));
    }

    /** Whether it was compiled for the Spark that {@code spark} stands for. */
    public boolean runsIn(SparkRuntime spark) {
        return context.sc() == spark.session().sparkContext();
    }

    /** Where its tasks run. */
    public SparkContext context() {
        return context.sc();
    }

    /** The columns of a prepared row. */
    StructType preparedType() {
        return preparedType;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public FoldPlan plan() {
        return plan;
    }

    /** The columns of every view, with types. */
    public List<Shape> shapes() {
        return plan.shapes();
    }

    /** Adds to parsed rows what the definition says about each: the reason against it, its event time, its rows for the views. */
    private static Dataset<Row> prepare(Pipeline pipeline, Steps steps) {
        steps.begin(pipeline.schema());
        pipeline.steps().forEach(step -> step.accept(steps));
        var rows = steps.rows()
                .withColumn(EVENT, col(pipeline.eventTime()))
                .withColumn(UNMATCHED, expr(steps.unmatched()))
                .withColumn(REASON, expr(timeReason(pipeline)))
                .withColumn(DETAIL, expr(detail(pipeline)));
        var columns = new ArrayList<Column>();
        for (var name : COLUMNS) {
            columns.add(col(name));
        }
        pipeline.dedup()
                .ifPresent(dedup ->
                        dedup.by().forEach(name -> columns.add(col(name).as(ParsedRows.INTERNAL + "by_" + name))));
        pipeline.source()
                .landing()
                .key()
                .forEach(name -> columns.add(col(name).as(ParsedRows.INTERNAL + "land_" + name)));
        for (int view = 0; view < pipeline.grouped().size(); view++) {
            columns.add(expr("CASE WHEN %s IS NULL AND %s IS NULL THEN %s END"
                            .formatted(
                                    quoted(REASON),
                                    quoted(EXIT),
                                    rowsOf(pipeline.grouped().get(view))))
                    .as(VIEW + view));
        }
        if (OutputNeeds.of(pipeline).fields()) {
            steps.fields().forEach(name -> columns.add(col("`" + name + "`").as(FIELD + name)));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    private static String timeReason(Pipeline pipeline) {
        return "CASE WHEN %1$s IS NOT NULL THEN %1$s WHEN %2$s IS NULL THEN '%3$s' WHEN %2$s > %4$s + INTERVAL '%5$d' SECOND THEN '%6$s' END"
                .formatted(
                        quoted(REASON),
                        quoted(EVENT),
                        NO_TIME_REASON,
                        quoted(ParsedRows.ARRIVED),
                        pipeline.watermark().maxFuture().toSeconds(),
                        FUTURE_REASON);
    }

    private static String detail(Pipeline pipeline) {
        return "CASE WHEN %1$s IS NOT NULL THEN %2$s WHEN %3$s = '%4$s' THEN concat('event time ', %5$s, ' is more than %6$s after its arrival at ', %7$s) ELSE '' END"
                .formatted(
                        quoted(ParsedRows.UNUSABLE),
                        quoted(ParsedRows.UNUSABLE_DETAIL),
                        quoted(REASON),
                        FUTURE_REASON,
                        quoted(EVENT),
                        Durations.told(pipeline.watermark().maxFuture()),
                        quoted(ParsedRows.ARRIVED));
    }

    /** A column's name within an expression. */
    static String quoted(String column) {
        return "`" + column + "`";
    }

    /** A record's rows for one view, as an array of structs: the key's columns, then the measures' arguments. */
    private static String rowsOf(View.Grouped view) {
        var fields = new ArrayList<String>();
        view.where().ifPresent(where -> fields.add("'%s', coalesce((%s), false)".formatted(WHERE, where.text())));
        for (int index = 0; index < view.by().size(); index++) {
            fields.add("'%s%d', (%s)"
                    .formatted(KEY, index, view.by().get(index).expression().text()));
        }
        for (int index = 0; index < view.measures().size(); index++) {
            fields.add("'%s%d', %s"
                    .formatted(ARGUMENT, index, argument(view.measures().get(index))));
        }
        var row = "named_struct(" + String.join(", ", fields) + ")";
        var rows = view.explode()
                .map(explode ->
                        "transform((%s), %s -> %s)".formatted(explode.each().text(), explode.as(), row))
                .orElse("array(" + row + ")");
        return view.where().isPresent() ? "filter(%s, it -> it.%s)".formatted(rows, WHERE) : rows;
    }

    private static String argument(Measure measure) {
        var text = measure.argument().map(it -> "(" + it.text() + ")").orElse("1");
        return measure.filter()
                .map(it -> "CASE WHEN (%s) THEN %s END".formatted(it.text(), text))
                .orElse(text);
    }

    private static FoldPlan plan(Pipeline pipeline, StructType prepared, Derivations derivations) {
        var shapes = new ArrayList<Shape>();
        var arguments = new ArrayList<List<Shape.Argument>>();
        var derived = new ArrayList<Optional<Derivation>>();
        for (int number = 0; number < pipeline.grouped().size(); number++) {
            var view = pipeline.grouped().get(number);
            var row = (StructType) ((ArrayType) prepared.apply(VIEW + number).dataType()).elementType();
            var keys = new ArrayList<FieldType>();
            for (int index = 0; index < view.by().size(); index++) {
                keys.add(type(
                        row,
                        KEY + index,
                        "the key '%s' of view '%s'"
                                .formatted(view.by().get(index).name(), view.name())));
            }
            var typed = new ArrayList<Shape.Argument>();
            for (int index = 0; index < view.measures().size(); index++) {
                var measure = view.measures().get(index);
                var what = "the measure '%s' of view '%s'".formatted(measure.name(), view.name());
                typed.add(new Shape.Argument(
                        measure.name(), measure.kind(), type(row, ARGUMENT + index, what), measure.parameter()));
            }
            var made = derivations.of(view, Shape.ofGrouped(view, keys, typed, List.of()));
            shapes.add(Shape.ofGrouped(
                    view, keys, typed, made.map(DerivedColumns::columns).orElse(List.of())));
            arguments.add(List.copyOf(typed));
            derived.add(made.map(it -> it));
        }
        return FoldPlan.of(pipeline, shapes, arguments, derived, pipeline.tops(), fields(prepared));
    }

    /** Lists stay lists here, which no result column can be. */
    private static List<Shape.Column> fields(StructType prepared) {
        var fields = new ArrayList<Shape.Column>();
        for (var field : prepared.fields()) {
            if (field.name().startsWith(FIELD)) {
                var name = field.name().substring(FIELD.length());
                fields.add(new Shape.Column(name, Types.ofColumn(field.dataType())));
            }
        }
        return fields;
    }

    private static FieldType type(StructType row, String field, String what) {
        var type = row.apply(field).dataType();
        return Types.ofSpark(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot compute %s: it is a %s, which no result can hold; use a number, text, time or boolean"
                                .formatted(what, type.simpleString())));
    }
}
