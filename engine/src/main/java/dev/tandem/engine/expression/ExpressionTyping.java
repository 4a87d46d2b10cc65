package dev.tandem.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions;
import org.apache.spark.sql.catalyst.optimizer.RewriteWithExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives an expression its type with Spark's own analyzer, over a table that has columns and no rows: no session, no context, no
 * second opinion that could differ from what runs later.
 */
public final class ExpressionTyping {
    private final Analyzer analyzer = new Analyzer(new SessionCatalog(
            new InMemoryCatalog(new SparkConf(false), new Configuration(false)), FunctionRegistry.builtin()));

    /** The type, or what is wrong. */
    public record Typed(Optional<DataType> type, List<ExpressionFault> faults) {}

    public Typed type(Expression tree, StructType columns) {
        try {
            var alias = new Alias(tree, "it", NamedExpression.newExprId(), empty(), scala.Option.empty(), empty());
            var plan = new Project(
                    CollectionConverters.asScala(List.<NamedExpression>of(alias))
                            .toSeq(),
                    table(columns));
            var analyzed = analyzer.executeAndCheck(plan, new QueryPlanningTracker(scala.Option.empty()));
            var expression = CollectionConverters.asJava(analyzed.expressions()).get(0);
            var faults = new ArrayList<ExpressionFault>();
            check(expression, faults);
            if (faults.isEmpty()) {
                tryOut(analyzed, faults);
            }
            return new Typed(
                    Optional.of(expression.dataType()),
                    faults.stream().distinct().toList());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Scala does not declare what it throws: an AnalysisException arrives here.
            return new Typed(Optional.empty(), List.of(fault(e)));
        }
    }

    private static LogicalPlan table(StructType columns) {
        return LocalRelation$.MODULE$.apply(columns);
    }

    private static <T> Seq<T> empty() {
        return CollectionConverters.asScala(List.<T>of()).toSeq();
    }

    private static ExpressionFault fault(Exception e) {
        var condition = e instanceof AnalysisException analysis ? String.valueOf(analysis.getCondition()) : "";
        var hint = condition.startsWith("DATATYPE_MISMATCH")
                ? "give it what it takes, or convert with try_cast(… AS …)"
                : "compare it with Spark SQL's description of the function";
        return new ExpressionFault(SparkMessage.of(e), hint);
    }

    private static void check(Expression node, List<ExpressionFault> faults) {
        if (!node.deterministic() && node.children().isEmpty()) {
            faults.add(new ExpressionFault(
                    "'%s' has another value in every run".formatted(node.prettyName()),
                    "use a column of the record, such as its event time"));
        }
        if (node instanceof Cast cast && stopsTheRun(cast)) {
            faults.add(new ExpressionFault(
                    "text is taken for %s, which stops the run where a record's text is none"
                            .formatted(cast.dataType().sql()),
                    "write try_cast(… AS %s)".formatted(cast.dataType().sql())));
        }
        DecimalLoss.of(node).ifPresent(faults::add);
        if (node instanceof RuntimeReplaceable replaced) {
            check(replaced.replacement(), faults);
        }
        for (var child : CollectionConverters.asJava(node.children())) {
            check(child, faults);
        }
    }

    /** Literals are evaluated instead. */
    private static boolean stopsTheRun(Cast cast) {
        return cast.child().dataType() instanceof StringType
                && !(cast.dataType() instanceof StringType)
                && cast.evalMode().equals(EvalMode.ANSI())
                && !cast.child().foldable();
    }

    /** Evaluates the expression on one plain record: a pattern, zone or format that Spark refuses would stop the first run. */
    private static void tryOut(LogicalPlan analyzed, List<ExpressionFault> faults) {
        var plan = RewriteWithExpression.apply(ReplaceExpressions.apply(analyzed));
        try {
            row(plan);
        } catch (RuntimeException e) {
            faults.add(new ExpressionFault(
                    "it fails on a plain record: " + SparkMessage.of(e), "check its patterns, formats and zones"));
        }
    }

    /** The one row of a projection over projections over a table. */
    private static InternalRow row(LogicalPlan plan) {
        if (plan.children().isEmpty()) {
            return InternalRow.fromSeq(PlainRecord.of(plan.output()));
        }
        var below = CollectionConverters.asJava(plan.children()).get(0);
        var input = org.apache.spark.sql.catalyst.expressions.package$.MODULE$.AttributeSeq(below.output());
        var row = row(below);
        var values = new ArrayList<@Nullable Object>();
        for (var expression : CollectionConverters.asJava(plan.expressions())) {
            values.add(BindReferences.bindReference(expression, input, false).eval(row));
        }
        return InternalRow.fromSeq(CollectionConverters.asScala(values).toSeq());
    }
}
