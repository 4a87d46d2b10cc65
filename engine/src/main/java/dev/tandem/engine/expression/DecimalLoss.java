package dev.tandem.engine.expression;

import dev.tandem.engine.EngineException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DecimalType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds where Spark would round decimals without being asked: it has 38 digits, and where a result needs more it gives up digits
 * behind the point, down to six. An overflow before the point is not meant here, because that fails aloud on the record.
 */
public final class DecimalLoss {
    private static final String MEND =
            "cast the operands to fewer digits first, as in try_cast(… AS DECIMAL(18,8)); %s";

    private DecimalLoss() {}

    /** Throws if an expression of {@code plan} rounds: a run of an unchecked definition must not lose digits either. */
    public static void refuse(LogicalPlan plan) {
        CollectionConverters.asJava(plan.expressions()).forEach(DecimalLoss::refuse);
        CollectionConverters.asJava(plan.children()).forEach(DecimalLoss::refuse);
    }

    private static void refuse(Expression node) {
        of(node).ifPresent(fault -> {
            throw new EngineException("Cannot compile '%s': %s; %s".formatted(node.sql(), fault.what(), fault.hint()));
        });
        if (node instanceof RuntimeReplaceable replaced) {
            refuse(replaced.replacement());
        }
        CollectionConverters.asJava(node.children()).forEach(DecimalLoss::refuse);
    }

    /** What {@code node} itself rounds, not what its children do. */
    static Optional<ExpressionFault> of(Expression node) {
        if (node instanceof BinaryArithmetic operation) {
            return ofOperation(operation);
        }
        return node instanceof Cast cast ? ofImplicitCast(cast) : Optional.empty();
    }

    private static Optional<ExpressionFault> ofOperation(BinaryArithmetic operation) {
        if (!(operation.left().dataType() instanceof DecimalType left)
                || !(operation.right().dataType() instanceof DecimalType right)
                || !(operation.dataType() instanceof DecimalType result)) {
            return Optional.empty();
        }
        if (operation instanceof Multiply && result.scale() < left.scale() + right.scale()) {
            return Optional.of(fault(
                    "the product of %s and %s".formatted(left.sql(), right.sql()),
                    result,
                    left.scale() + right.scale(),
                    "a product is exact while both precisions add up to 37 at most"));
        }
        int scale = Math.max(left.scale(), right.scale());
        if ((operation instanceof Add || operation instanceof Subtract) && result.scale() < scale) {
            return Optional.of(fault(
                    "%s and %s, %s,"
                            .formatted(
                                    left.sql(),
                                    right.sql(),
                                    operation instanceof Add ? "added" : "one subtracted from the other"),
                    result,
                    scale,
                    "a sum is exact while its digits before and behind the point are 37 at most"));
        }
        return Optional.empty();
    }

    /** Where values of several types meet (CASE, coalesce, a comparison), Spark casts them to a common one. */
    private static Optional<ExpressionFault> ofImplicitCast(Cast cast) {
        if (cast.getTagValue(Cast.USER_SPECIFIED_CAST()).isEmpty()
                && cast.child().dataType() instanceof DecimalType from
                && cast.dataType() instanceof DecimalType to
                && to.scale() < from.scale()) {
            return Optional.of(fault(
                    "%s beside a wider number".formatted(from.sql()), to, from.scale(), "or round(…) them yourself"));
        }
        return Optional.empty();
    }

    private static ExpressionFault fault(String what, DecimalType result, int scale, String rule) {
        return new ExpressionFault(
                "%s would be rounded to %s, which has %d of the %d digits behind the point"
                        .formatted(what, result.sql(), result.scale(), scale),
                MEND.formatted(rule));
    }
}
