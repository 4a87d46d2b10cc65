package dev.tandem.engine.definition;

import dev.tandem.engine.expression.DecimalLoss;
import dev.tandem.engine.prepare.Stage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SafeProjection;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.LogicalRDD;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a compiled definition does to a row, one link after the other: projections taken out of Spark's optimized plan, and
 * look-ups between them. Going through a new DataFrame for every micro-batch costs 50 ms of planning each time, and Spark merges
 * projections that follow each other, which computes a field again in every place that uses it; here a step is computed once a
 * record.
 */
public final class Chain implements Serializable {
    private static final long serialVersionUID = 1L;

    /** One thing done to a row. */
    interface Link extends Serializable {
        /** The link ready to run on one thread. Its row may be the same object each time: read it before the next one is asked for. */
        UnaryOperator<InternalRow> running();

        /** The same as a stage of the generated class. */
        Stage stage();
    }

    /** What a projection computes, over which columns. */
    private record Projection(Seq<Expression> expressions, Seq<Attribute> input) implements Link {
        /**
         * Generated code, which takes tens of milliseconds to make. It is made of a copy: an expression with a lambda keeps the
         * variable's current value in itself, so two threads must not share one.
         */
        @Override
        public UnaryOperator<InternalRow> running() {
            var own = SerializationUtils.clone(this);
            return SafeProjection.create(own.expressions(), own.input())::apply;
        }

        @Override
        public Stage stage() {
            return new Stage.Projected(expressions, input);
        }
    }

    private final ArrayList<Link> links;

    public Chain(List<Link> links) {
        this.links = new ArrayList<>(links);
    }

    /** The projections of {@code rows}, which must be nothing else over an RDD. */
    public static List<Link> projections(Dataset<Row> rows) {
        var classic = (org.apache.spark.sql.classic.Dataset<Row>) rows;
        var links = new ArrayList<Link>();
        DecimalLoss.refuse(classic.queryExecution().analyzed());
        LogicalPlan plan = classic.queryExecution().optimizedPlan();
        while (plan instanceof Project project) {
            var expressions = new ArrayList<Expression>();
            CollectionConverters.asJava(project.projectList()).forEach(it -> expressions.add((Expression) it));
            links.add(
                    0,
                    new Projection(
                            CollectionConverters.asScala(expressions).toList(),
                            project.child().output()));
            plan = project.child();
        }
        if (!(plan instanceof LogicalRDD)) {
            throw new IllegalStateException(
                    "Cannot compile: the definition became a plan with %s; only projections are expected"
                            .formatted(plan.nodeName()));
        }
        return links;
    }

    /** The links as stages of the generated class. */
    List<Stage> stages() {
        return links.stream().map(Link::stage).toList();
    }

    /** The links ready to run on one thread. */
    public Running running() {
        return new Running(links.stream().map(Link::running).toList());
    }

    /**
     * Applies the links one after the other. Their rows are plain objects: in Spark's binary form each of them would copy the
     * whole record, and every element of a list would be looked up by its type, a third of the cost.
     */
    public static final class Running {
        private final List<UnaryOperator<InternalRow>> links;

        private Running(List<UnaryOperator<InternalRow>> links) {
            this.links = links;
        }

        public InternalRow apply(InternalRow row) {
            InternalRow result = row;
            for (var link : links) {
                result = link.apply(result);
            }
            return result;
        }
    }
}
