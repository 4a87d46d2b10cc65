package dev.tandem.engine.prepare;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Splits a large expression into methods. The JVM takes no method of more than 64 kB, and the JIT leaves one of more than 8 kB
 * uncompiled, which makes it fifty times slower. A part is still evaluated at its original place, so that it is evaluated, and
 * fails, under the same conditions as before.
 */
final class MethodSplit {
    /** How many expressions one method computes at most; each becomes some 20 to 70 bytes. */
    private static final int MOST = 100;

    private final Variables variables;

    MethodSplit(Variables variables) {
        this.variables = variables;
    }

    /** {@code expression} with its large operands in methods of their own; they must not name local variables. */
    Expression split(Expression expression) {
        if (weight(expression) <= MOST) {
            return expression;
        }
        var split = expression.mapChildren(child -> weight(child) > MOST / 2 ? apart(child) : child);
        return split instanceof CaseWhen cases ? split(new ArrayList<>(branches(cases)), cases.elseValue()) : split;
    }

    private static List<Tuple2<Expression, Expression>> branches(CaseWhen cases) {
        return CollectionConverters.asJava(cases.branches());
    }

    /** The first branches that make a method; the others are what happens otherwise. */
    private CaseWhen split(List<Tuple2<Expression, Expression>> branches, Option<Expression> otherwise) {
        int count = 0;
        int weight = 0;
        while (count < branches.size() && (count == 0 || weight <= MOST)) {
            weight += weight(branches.get(count)._1())
                    + weight(branches.get(count)._2());
            count++;
        }
        var first = CollectionConverters.asScala(branches.subList(0, count)).toSeq();
        return new CaseWhen(
                first,
                count == branches.size()
                        ? otherwise
                        : Option.apply(apart(split(branches.subList(count, branches.size()), otherwise))));
    }

    private Expression apart(Expression expression) {
        return new Apart(expression, variables);
    }

    private static int weight(Expression expression) {
        if (expression instanceof WrittenExpression written) {
            return written.weight();
        }
        int weight = 1;
        for (var child : CollectionConverters.asJava(expression.children())) {
            weight += weight(child);
        }
        return weight;
    }

    /** The weight of an expression whose code holds that of {@code parts}. */
    static int weight(List<Expression> parts) {
        return 1 + parts.stream().mapToInt(MethodSplit::weight).sum();
    }

    /** An expression that a method of its own computes. */
    private static final class Apart extends WrittenExpression {
        private static final long serialVersionUID = 1L;

        private final transient Expression expression;

        Apart(Expression expression, Variables variables) {
            super(expression, variables);
            this.expression = expression;
        }

        @Override
        int weight() {
            return 1;
        }

        @Override
        String code(String isNull, String value) {
            var computed = variables().computed(expression).orElseThrow();
            var field = variables().variable(computed.variable());
            return "%sboolean %s = %s;%n%s %s = %s;%n"
                    .formatted(
                            computed.call(),
                            isNull,
                            field.isNull(),
                            CodeGenerator.javaType(dataType()),
                            value,
                            field.value());
        }
    }
}
