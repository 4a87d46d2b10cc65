package dev.tandem.engine.prepare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.expressions.ArrayExists;
import org.apache.spark.sql.catalyst.expressions.ArrayFilter;
import org.apache.spark.sql.catalyst.expressions.ArrayTransform;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.LeafExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Turns Spark's expressions over attributes into expressions over {@link Variables}, with loops for the common higher-order functions
 * and {@link Interpreted} for whatever else Spark has no code for.
 */
final class Binding {
    private final Variables variables;
    private final Map<ExprId, Supplier<Expression>> columns;
    private final Map<ExprId, Expression> lambdaVariables = new HashMap<>();
    private final Map<ExprId, List<Expression>> structs = new HashMap<>();
    private final MethodSplit split;
    private int loops;

    /** {@code columns} are the attributes in sight; a supplier is asked each time its attribute is named. */
    Binding(Variables variables, Map<ExprId, Supplier<Expression>> columns) {
        this.variables = variables;
        this.columns = columns;
        this.split = new MethodSplit(variables);
    }

    /** Lets {@code variable} stand for a struct whose fields are {@code fields}. */
    void struct(NamedExpression variable, List<Expression> fields) {
        structs.put(variable.exprId(), fields);
    }

    Expression bind(Expression expression) {
        if (expression instanceof Attribute || expression instanceof NamedLambdaVariable) {
            return named((NamedExpression) expression);
        }
        if (expression instanceof GetStructField field
                && field.child() instanceof NamedLambdaVariable variable
                && structs.containsKey(variable.exprId())) {
            return structs.get(variable.exprId()).get(field.ordinal());
        }
        if (expression instanceof Size size && !size.legacySizeOfNull() && size.child() instanceof ArrayFilter filter) {
            return loop(Loop.Kind.COUNT, expression, filter.argument(), filter.function());
        }
        if (expression instanceof ArrayTransform transform) {
            return loop(Loop.Kind.TRANSFORM, expression, transform.argument(), transform.function());
        }
        if (expression instanceof ArrayFilter filter) {
            return loop(Loop.Kind.FILTER, expression, filter.argument(), filter.function());
        }
        if (expression instanceof ArrayExists exists) {
            var kind = exists.followThreeValuedLogic() ? Loop.Kind.EXISTS_OR_NULL : Loop.Kind.EXISTS;
            return loop(kind, expression, exists.argument(), exists.function());
        }
        if (expression instanceof CodegenFallback && !(expression instanceof LeafExpression)) {
            return interpreted(expression);
        }
        var children = expression.mapChildren(this::bind);
        var whole = LetterCase.of(children).or(() -> DistinctTexts.of(children)).orElse(children);
        var bound = loops == 0 ? split.split(whole) : whole;
        return expression instanceof CaseWhen ? new NullWhereNull(bound, variables) : bound;
    }

    private Loop.Over over(Expression list, LambdaFunction lambda) {
        var type = (ArrayType) list.dataType();
        var parameters = new ArrayList<BoundReference>();
        parameters.add(variables.local(type.elementType(), type.containsNull(), "element"));
        if (lambda.arguments().size() > 1) {
            parameters.add(variables.local(DataTypes.IntegerType, false, "number"));
        }
        var bound = bind(list);
        name(lambda, parameters);
        loops++;
        var body = bind(lambda.function());
        loops--;
        return new Loop.Over(bound, parameters, body);
    }

    /** Lets the parameters of {@code lambda} stand for {@code values}. */
    void name(LambdaFunction lambda, List<BoundReference> values) {
        for (int index = 0; index < values.size(); index++) {
            lambdaVariables.put(lambda.arguments().apply(index).exprId(), values.get(index));
        }
    }

    private Expression loop(Loop.Kind kind, Expression original, Expression list, Expression function) {
        return new Loop(kind, original, over(list, (LambdaFunction) function), variables);
    }

    private Expression named(NamedExpression name) {
        var variable = lambdaVariables.get(name.exprId());
        if (variable != null) {
            return variable;
        }
        var column = columns.get(name.exprId());
        if (column == null) {
            throw new UnsupportedDefinitionException("No column %s is known here".formatted(name));
        }
        return column.get();
    }

    private Expression interpreted(Expression original) {
        var inputs = new ArrayList<BoundReference>();
        var evaluated = withInputs(original, inputs);
        return new Interpreted(original, evaluated, inputs, variables);
    }

    /** The variables of lambdas inside {@code expression} stay: its evaluation sets them. */
    private Expression withInputs(Expression expression, List<BoundReference> inputs) {
        if (expression instanceof NamedLambdaVariable variable && !lambdaVariables.containsKey(variable.exprId())) {
            if (structs.containsKey(variable.exprId())) {
                throw new UnsupportedDefinitionException("The row %s is used whole".formatted(variable));
            }
            return expression;
        }
        if (expression instanceof Attribute || expression instanceof NamedLambdaVariable) {
            var bound = named((NamedExpression) expression);
            if (!(bound instanceof BoundReference input)) {
                return bound;
            }
            if (!inputs.contains(input)) {
                inputs.add(input);
            }
            int place = inputs.indexOf(input);
            return new BoundReference(place, input.dataType(), input.nullable());
        }
        return expression.mapChildren(child -> withInputs(child, inputs));
    }
}
