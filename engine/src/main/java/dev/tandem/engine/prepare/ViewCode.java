package dev.tandem.engine.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.ArrayFilter;
import org.apache.spark.sql.catalyst.expressions.ArrayTransform;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Loops that write a record's rows for one view. The view's column is an array of structs; where its expression says how the array
 * comes about, neither the array nor the structs are made.
 */
final class ViewCode {
    private final Variables variables;
    private final Binding binding;

    /** What to do with a row, whose fields are given as variables or literals. */
    interface Row extends Function<List<Expression>, String> {}

    ViewCode(Variables variables, Binding binding) {
        this.variables = variables;
        this.binding = binding;
    }

    /** Statements that do {@code row} with each element of {@code array}; all fields of an element are computed before. */
    String rows(Expression array, Row row) {
        if (array instanceof If choice && isNull(choice.falseValue())) {
            return where(choice.predicate(), rows(choice.trueValue(), row));
        }
        if (array instanceof CaseWhen cases && cases.branches().size() == 1 && otherwiseNull(cases)) {
            var only = cases.branches().apply(0);
            return where(only._1(), rows(only._2(), row));
        }
        if (array instanceof CreateArray listed) {
            var code = new StringBuilder();
            CollectionConverters.asJava(listed.children()).forEach(it -> code.append("{\n" + struct(it, row) + "}\n"));
            return code.toString();
        }
        if (array instanceof ArrayTransform transform
                && transform.function() instanceof LambdaFunction lambda
                && lambda.function() instanceof CreateNamedStruct struct) {
            return exploded(transform.argument(), lambda, struct, row);
        }
        if (array instanceof ArrayFilter filter
                && filter.function() instanceof LambdaFunction lambda
                && lambda.arguments().size() == 1) {
            return rows(filter.argument(), fields -> {
                binding.struct(lambda.arguments().apply(0), fields);
                return where(lambda.function(), row.apply(fields));
            });
        }
        return made(array, row);
    }

    private static boolean otherwiseNull(CaseWhen cases) {
        return cases.elseValue().isEmpty() || isNull(cases.elseValue().get());
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof Literal literal && literal.value() == null;
    }

    private String where(Expression condition, String then) {
        var code = variables.code(binding.bind(condition));
        return "%s%nif (!%s && %s) {%n%s}%n".formatted(code.code(), code.isNull(), code.value(), then);
    }

    /** The element is a field of the class, so that methods can use it. */
    private String exploded(Expression list, LambdaFunction lambda, CreateNamedStruct struct, Row row) {
        var type = (ArrayType) list.dataType();
        var element = variables.field(type.elementType(), type.containsNull(), "element");
        var code = variables.code(binding.bind(list));
        var name = variables.context().freshName("list");
        var index = variables.context().freshName("index");
        var setting = variables.read(element, name, index);
        var parameters = new ArrayList<BoundReference>(List.of(element));
        if (lambda.arguments().size() > 1) {
            var number = variables.field(DataTypes.IntegerType, false, "number");
            setting += "%s = %s;%n".formatted(variables.variable(number).value(), index);
            parameters.add(number);
        }
        binding.name(lambda, parameters);
        return each(code, name, index, setting + struct(struct, row));
    }

    private static String each(ExprCode array, String list, String index, String body) {
        return "%s%nif (!%s) {%nArrayData %s = %s;%nfor (int %5$s = 0; %5$s < %3$s.numElements(); %5$s++) {%n%6$s}%n}%n"
                .formatted(array.code(), array.isNull(), list, array.value(), index, body);
    }

    private String struct(Expression expression, Row row) {
        if (!(expression instanceof CreateNamedStruct struct)) {
            throw new UnsupportedDefinitionException("A view's row is made by " + expression.nodeName());
        }
        var code = new StringBuilder();
        var fields = new ArrayList<Expression>();
        for (var value : CollectionConverters.asJava(struct.valExprs())) {
            var bound = binding.bind(value);
            var computed = variables.computed(bound);
            computed.ifPresent(it -> code.append(it.call()));
            fields.add(computed.<Expression>map(Variables.Computed::variable).orElse(bound));
        }
        return code + row.apply(fields);
    }

    /** An array that must be made: a constant one, or one that an expression of another shape gives. */
    private String made(Expression array, Row row) {
        var type = (StructType) ((ArrayType) array.dataType()).elementType();
        var code = variables.code(binding.bind(array));
        var list = variables.context().freshName("list");
        var index = variables.context().freshName("index");
        var struct = variables.context().freshName("struct");
        var body = new StringBuilder(
                "InternalRow %s = %s.getStruct(%s, %d);%n".formatted(struct, list, index, type.length()));
        var fields = new ArrayList<Expression>();
        for (int field = 0; field < type.length(); field++) {
            var value = variables.field(type.apply(field).dataType(), true, "field");
            body.append(variables.read(value, struct, String.valueOf(field)));
            fields.add(value);
        }
        return each(code, list, index, body + row.apply(fields));
    }
}
