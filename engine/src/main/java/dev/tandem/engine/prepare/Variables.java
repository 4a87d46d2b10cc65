package dev.tandem.engine.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.FalseLiteral$;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The variables of the class being generated. An expression names one as a {@link BoundReference} with its number, and Spark's
 * code generation finds the Java variable there, as it does for the columns of whole-stage code.
 */
final class Variables {
    private final CodegenContext context = new CodegenContext();
    private final List<ExprCode> codes = new ArrayList<>();

    Variables() {
        context.INPUT_ROW_$eq(null);
    }

    CodegenContext context() {
        return context;
    }

    /** A field of the class. */
    BoundReference field(DataType type, boolean nullable, String name) {
        var value = state(CodeGenerator.javaType(type), name);
        if (!nullable) {
            return add(ExprCode.apply(FalseLiteral$.MODULE$, JavaCode.global(value, type)), type, false);
        }
        var isNull = state("boolean", name + "IsNull");
        return add(ExprCode.apply(JavaCode.isNullGlobal(isNull), JavaCode.global(value, type)), type, true);
    }

    /** A local variable that the code around an expression declares. */
    BoundReference local(DataType type, boolean nullable, String name) {
        var value = JavaCode.variable(context.freshName(name), type);
        if (!nullable) {
            return add(ExprCode.apply(FalseLiteral$.MODULE$, value), type, false);
        }
        var isNull = JavaCode.isNullVariable(context.freshName(name + "IsNull"));
        return add(ExprCode.apply(isNull, value), type, true);
    }

    /** The Java variable that {@code reference} names. */
    ExprCode variable(BoundReference reference) {
        return codes.get(reference.ordinal());
    }

    /** The code of {@code expression}, whose references name variables. */
    ExprCode code(Expression expression) {
        context.currentVars_$eq(
                CollectionConverters.asScala(new ArrayList<>(codes)).toIndexedSeq());
        return expression.genCode(context);
    }

    /** An expression whose value is in {@code variable} once the statement {@code call} has run. */
    record Computed(String call, BoundReference variable) {}

    /** Computes {@code expression} in a method of its own into a field, unless it is one already or a literal. */
    Optional<Computed> computed(Expression expression) {
        if (expression instanceof BoundReference || expression instanceof Literal) {
            return Optional.empty();
        }
        var code = code(expression);
        var reference = field(expression.dataType(), expression.nullable(), "column");
        var field = variable(reference);
        var body = new StringBuilder(code.code().toString()).append('\n');
        if (reference.nullable()) {
            body.append("%1$s = %2$s;%n%3$s = %1$s ? %4$s : %5$s;%n"
                    .formatted(field.isNull(), code.isNull(), field.value(), valueOfNull(reference), code.value()));
        } else {
            body.append("%s = %s;%n".formatted(field.value(), code.value()));
        }
        return Optional.of(new Computed(method("compute", "", body.toString()) + "();\n", reference));
    }

    /** Adds a method without a result and returns its name. */
    String method(String name, String parameters, String body) {
        var fresh = context.freshName(name);
        return context.addNewFunction(
                fresh,
                "private void %s(%s) {%n%s}%n".formatted(fresh, parameters, body),
                context.addNewFunction$default$3());
    }

    /** Sets the field that {@code reference} names to what is at {@code index} of the row or list {@code from}. */
    String read(BoundReference reference, String from, String index) {
        var field = variable(reference);
        var value = CodeGenerator.getValue(from, reference.dataType(), index);
        if (!reference.nullable()) {
            return "%s = %s;%n".formatted(field.value(), value);
        }
        return "%1$s = %2$s.isNullAt(%3$s);%n%4$s = %1$s ? %5$s : %6$s;%n"
                .formatted(field.isNull(), from, index, field.value(), valueOfNull(reference), value);
    }

    /** What a variable must hold where it is null: some of Spark's code takes an object as it is, without asking. */
    private static String valueOfNull(Expression reference) {
        return CodeGenerator.defaultValue(reference.dataType(), true);
    }

    /** Puts the values of {@code inputs} into a row, in the order of its columns. */
    String fill(String row, List<? extends Expression> inputs) {
        var statements = new StringBuilder();
        for (int index = 0; index < inputs.size(); index++) {
            var input = code(inputs.get(index));
            statements.append("if (%s) { %s.setNullAt(%d); } else { %s.update(%d, %s); }%n"
                    .formatted(input.isNull(), row, index, row, index, input.value()));
        }
        return statements.toString();
    }

    /** An empty row of {@code count} columns that the class keeps. */
    String row(int count) {
        return context.addReferenceObj("row", new GenericInternalRow(count), GenericInternalRow.class.getName());
    }

    private String state(String javaType, String name) {
        return context.addMutableState(javaType, name, context.addMutableState$default$3(), true, true);
    }

    private BoundReference add(ExprCode code, DataType type, boolean nullable) {
        codes.add(code);
        return new BoundReference(codes.size() - 1, type, nullable);
    }
}
