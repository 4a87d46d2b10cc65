package dev.tandem.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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
import scala.Function1;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The projections of a compiled definition, taken out of Spark's optimized plan and applied row by row. Going through a new
 * DataFrame for every micro-batch costs 50 ms of planning each time, and Spark merges projections that follow each other, which
 * computes a field again in every place that uses it; here a step is computed once a record.
 */
final class Chain implements Serializable {
    private static final long serialVersionUID = 1L;

    /** One projection: what it computes, over which columns. */
    private record Link(Seq<Expression> expressions, Seq<Attribute> input) implements Serializable {}

    private final ArrayList<Link> links;

    private Chain(List<Link> links) {
        this.links = new ArrayList<>(links);
    }

    /** Takes the projections of {@code rows}, which must be nothing else over an RDD. */
    static Chain of(Dataset<Row> rows) {
        var classic = (org.apache.spark.sql.classic.Dataset<Row>) rows;
        var links = new ArrayList<Link>();
        LogicalPlan plan = classic.queryExecution().optimizedPlan();
        while (plan instanceof Project project) {
            var expressions = new ArrayList<Expression>();
            CollectionConverters.asJava(project.projectList()).forEach(it -> expressions.add((Expression) it));
            links.add(
                    0,
                    new Link(
                            CollectionConverters.asScala(expressions).toList(),
                            project.child().output()));
            plan = project.child();
        }
        if (!(plan instanceof LogicalRDD)) {
            throw new IllegalStateException(
                    "Cannot compile: the definition became a plan with %s; only projections are expected"
                            .formatted(plan.nodeName()));
        }
        return new Chain(links);
    }

    /**
     * The projections as generated code, ready to run on one thread. Generating them takes tens of milliseconds. They are made of
     * a copy: an expression with a lambda keeps the variable's current value in itself, so two threads must not share one.
     */
    Running running() {
        var own = SerializationUtils.clone(links);
        var projections = new ArrayList<Function1<InternalRow, InternalRow>>(own.size());
        for (var link : own) {
            projections.add(SafeProjection.create(link.expressions(), link.input()));
        }
        return new Running(projections);
    }

    /**
     * Applies the projections one after the other. Their rows are plain objects: in Spark's binary form each of them would copy
     * the whole record, and every element of a list would be looked up by its type, a third of the cost.
     */
    static final class Running {
        private final List<Function1<InternalRow, InternalRow>> projections;

        private Running(List<Function1<InternalRow, InternalRow>> projections) {
            this.projections = projections;
        }

        InternalRow apply(InternalRow row) {
            InternalRow result = row;
            for (var projection : projections) {
                result = projection.apply(result);
            }
            return result;
        }
    }
}
