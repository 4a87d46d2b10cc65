package dev.tandem.engine.prepare;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;

/**
 * A higher-order function over one list as a Java loop. Spark interprets these functions: every call of the lambda walks the tree
 * of its body and boxes what it computes.
 */
final class Loop extends WrittenExpression {
    private static final long serialVersionUID = 1L;

    /** What the loop makes of the lambda's results. */
    enum Kind {
        TRANSFORM,
        FILTER,
        /** The size of a filtered list, which need not be made for that. */
        COUNT,
        /** Whether some element fulfils the condition; false where none does, even if it was null for some. */
        EXISTS,
        /** The same, but null where none does and it was null for some. */
        EXISTS_OR_NULL
    }

    /**
     * What to loop over, whose references name variables.
     *
     * @param parameters the element, and its number where the lambda asks for it
     */
    record Over(Expression list, List<BoundReference> parameters, Expression body) {}

    private final transient Kind kind;
    private final transient Over over;

    Loop(Kind kind, Expression original, Over over, Variables variables) {
        super(original, variables);
        this.kind = kind;
        this.over = over;
    }

    @Override
    int weight() {
        return MethodSplit.weight(List.of(over.list(), over.body()));
    }

    @Override
    String code(String isNull, String value) {
        var context = variables().context();
        var list = variables().code(over.list());
        var names = new Names(
                context.freshName("list"),
                context.freshName("index"),
                context.freshName("found"),
                context.freshName("made"),
                isNull,
                value);
        return """
                %s
                boolean %s = %s;
                %s %s = %s;
                if (!%s) {
                  ArrayData %s = %s;
                  %s
                  %s
                  %s
                }
                """.formatted(
                        list.code(),
                        isNull,
                        list.isNull(),
                        CodeGenerator.javaType(dataType()),
                        value,
                        CodeGenerator.defaultValue(dataType(), false),
                        isNull,
                        names.list(),
                        list.value(),
                        before(names),
                        loop(names),
                        after(names));
    }

    private record Names(String list, String index, String found, String made, String isNull, String value) {}

    private String loop(Names names) {
        return "for (int %1$s = 0; %1$s < %2$s.numElements(); %1$s++) {%n%3$s%4$s}%n"
                .formatted(names.index(), names.list(), parameters(names), each(names));
    }

    /** Declares the lambda's parameters. */
    private String parameters(Names names) {
        var element = over.parameters().get(0);
        var variable = variables().variable(element);
        var type = CodeGenerator.javaType(element.dataType());
        var read = CodeGenerator.getValue(names.list(), element.dataType(), names.index());
        var code = new StringBuilder();
        if (element.nullable()) {
            var valueOfNull = CodeGenerator.defaultValue(element.dataType(), true);
            code.append("boolean %s = %s.isNullAt(%s);%n".formatted(variable.isNull(), names.list(), names.index()));
            read = "%s ? %s : %s".formatted(variable.isNull(), valueOfNull, read);
        }
        code.append("%s %s = %s;%n".formatted(type, variable.value(), read));
        if (over.parameters().size() > 1) {
            var number = variables().variable(over.parameters().get(1));
            code.append("int %s = %s;%n".formatted(number.value(), names.index()));
        }
        return code.toString();
    }

    private String before(Names names) {
        return switch (kind) {
            case TRANSFORM, FILTER ->
                "Object[] %s = new Object[%s.numElements()]; int %s = 0;"
                        .formatted(names.made(), names.list(), names.found());
            case COUNT -> "int %s = 0;".formatted(names.found());
            case EXISTS, EXISTS_OR_NULL -> "boolean %s = false;".formatted(names.found());
        };
    }

    private String each(Names names) {
        var body = variables().code(over.body());
        var element = variables().variable(over.parameters().get(0));
        var isTrue = "!%s && %s".formatted(body.isNull(), body.value());
        return body.code()
                + switch (kind) {
                    case TRANSFORM ->
                        "if (!%s) { %s[%s] = %s; } %s++;%n"
                                .formatted(body.isNull(), names.made(), names.found(), body.value(), names.found());
                    case FILTER ->
                        "if (%s) { if (!%s) { %s[%s] = %s; } %s++; }%n"
                                .formatted(
                                        isTrue,
                                        element.isNull(),
                                        names.made(),
                                        names.found(),
                                        element.value(),
                                        names.found());
                    case COUNT -> "if (%s) { %s++; }%n".formatted(isTrue, names.found());
                    case EXISTS -> "if (%s) { %s = true; break; }%n".formatted(isTrue, names.value());
                    case EXISTS_OR_NULL ->
                        "if (%s) { %s = true; } else if (%s) { %s = true; break; }%n"
                                .formatted(body.isNull(), names.found(), body.value(), names.value());
                };
    }

    private String after(Names names) {
        return switch (kind) {
            case TRANSFORM ->
                "%s = new org.apache.spark.sql.catalyst.util.GenericArrayData(%s);"
                        .formatted(names.value(), names.made());
            case FILTER ->
                "%1$s = new org.apache.spark.sql.catalyst.util.GenericArrayData(%2$s == %3$s.length ? %3$s : java.util.Arrays.copyOf(%3$s, %2$s));"
                        .formatted(names.value(), names.found(), names.made());
            case COUNT -> "%s = %s;".formatted(names.value(), names.found());
            case EXISTS -> "";
            case EXISTS_OR_NULL ->
                "if (!%s && %s) { %s = true; }".formatted(names.value(), names.found(), names.isNull());
        };
    }
}
