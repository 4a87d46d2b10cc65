package dev.tandem.engine.prepare;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;

/**
 * An expression whose value is null where it is said to be. Spark's code for {@code CASE} leaves the value of the record before it
 * where no branch matches, and its code for {@code array_append} takes the value without asking whether it is null.
 */
final class NullWhereNull extends WrittenExpression {
    private static final long serialVersionUID = 1L;

    private final transient Expression expression;

    NullWhereNull(Expression expression, Variables variables) {
        super(expression, variables);
        this.expression = expression;
    }

    @Override
    int weight() {
        return MethodSplit.weight(List.of(expression));
    }

    @Override
    String code(String isNull, String value) {
        var code = variables().code(expression);
        return "%s%nboolean %s = %s;%n%s %s = %2$s ? %s : %s;%n"
                .formatted(
                        code.code(),
                        isNull,
                        code.isNull(),
                        CodeGenerator.javaType(dataType()),
                        value,
                        CodeGenerator.defaultValue(dataType(), true),
                        code.value());
    }
}
