package dev.tandem.engine.prepare;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;

/**
 * An expression that Spark has no code for, evaluated by Spark's own {@code eval} over a row of just the columns that it names.
 * Spark's projections evaluate it in the same way, so nothing is lost but time.
 */
final class Interpreted extends WrittenExpression {
    private static final long serialVersionUID = 1L;

    private final transient Expression evaluated;
    private final transient List<BoundReference> inputs;

    /** {@code evaluated} is {@code original} with its references bound to a row of {@code inputs}, which name variables. */
    Interpreted(Expression original, Expression evaluated, List<BoundReference> inputs, Variables variables) {
        super(original, variables);
        this.evaluated = evaluated;
        this.inputs = List.copyOf(inputs);
    }

    @Override
    int weight() {
        return 1 + inputs.size();
    }

    @Override
    String code(String isNull, String value) {
        var context = variables().context();
        var row = variables().row(inputs.size());
        var expression = context.addReferenceObj("expression", evaluated, Expression.class.getName());
        var code = new StringBuilder(variables().fill(row, inputs));
        var object = context.freshName("object");
        var boxed = CodeGenerator.boxedType(dataType());
        code.append("Object %s = %s.eval(%s);%n".formatted(object, expression, row));
        code.append("boolean %s = %s == null;%n".formatted(isNull, object));
        code.append("%s %s = %s;%n"
                .formatted(CodeGenerator.javaType(dataType()), value, CodeGenerator.defaultValue(dataType(), false)));
        code.append("if (!%s) { %s = (%s) %s; }%n".formatted(isNull, value, boxed, object));
        return code.toString();
    }
}
