package dev.tandem.engine.expression;

import dev.tandem.model.reading.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Parses one expression with Spark's own parser and refuses what a definition may not contain. Functions and kinds of nodes are
 * allowed by list, so that additions of a later Spark version are refused until they have been reviewed.
 */
public final class ExpressionGrammar {
    private static final Set<String> PLAIN_NODES = Set.of(
            "Literal",
            "Add",
            "Subtract",
            "Multiply",
            "UnaryMinus",
            "UnaryPositive",
            "And",
            "Or",
            "Not",
            "EqualTo",
            "EqualNullSafe",
            "LessThan",
            "LessThanOrEqual",
            "GreaterThan",
            "GreaterThanOrEqual",
            "In",
            "IsNull",
            "IsNotNull",
            "CaseWhen",
            "If",
            "Like",
            "ILike",
            "LikeAll",
            "LikeAny",
            "NotLikeAll",
            "NotLikeAny",
            "RLike",
            "Concat",
            "StringTrim",
            "StringTrimLeft",
            "StringTrimRight",
            "StringTrimBoth",
            "Substring",
            "StringLocate",
            "Overlay",
            "TimestampAdd",
            "TimestampDiff");
    private static final Set<String> DIVISIONS = Set.of("Divide", "IntegralDivide", "Remainder", "Pmod");

    private final Set<String> columns;
    private final List<ExpressionFault> faults = new ArrayList<>();

    private ExpressionGrammar(Set<String> columns) {
        this.columns = columns;
    }

    /** What was read, and what is wrong with it; a tree that has faults is not worth typing. */
    public record Read(Optional<Expression> tree, List<ExpressionFault> faults) {}

    /** Reads {@code text}, in which {@code columns} (lower case) have a meaning. */
    public static Read read(String text, Set<String> columns) {
        var grammar = new ExpressionGrammar(columns);
        if (text.isBlank()) {
            return refused(new ExpressionFault("the expression is empty", "write e.g. lower(text)"));
        }
        try {
            var tree = new CatalystSqlParser().parseExpression(text);
            grammar.check(tree, Set.of());
            return new Read(Optional.of(tree), List.copyOf(grammar.faults));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Scala does not declare what it throws: a ParseException arrives here.
            return refused(new ExpressionFault(
                    "this is no expression: " + SparkMessage.of(e), "compare it with Spark SQL's language"));
        }
    }

    private static Read refused(ExpressionFault fault) {
        return new Read(Optional.empty(), List.of(fault));
    }

    /** {@code scope}: the variables of the lambdas around. */
    private void check(Expression node, Set<String> scope) {
        var inner = scope;
        if (node instanceof UnresolvedAttribute column) {
            column(CollectionConverters.asJava(column.nameParts()), Set.of());
        } else if (node instanceof UnresolvedNamedLambdaVariable variable) {
            column(CollectionConverters.asJava(variable.nameParts()), scope);
        } else if (node instanceof UnresolvedFunction function) {
            function(function);
        } else if (node instanceof LambdaFunction lambda) {
            inner = with(scope, lambda);
        } else if (node instanceof Cast cast) {
            cast(cast);
        } else if (DIVISIONS.contains(node.getClass().getSimpleName())) {
            division(node);
        } else if (!PLAIN_NODES.contains(node.getClass().getSimpleName())) {
            faults.add(unusable(node));
            return;
        }
        for (var child : CollectionConverters.asJava(node.children())) {
            check(child, inner);
        }
    }

    private static Set<String> with(Set<String> scope, LambdaFunction lambda) {
        var inner = new HashSet<>(scope);
        for (var argument : CollectionConverters.asJava(lambda.arguments())) {
            inner.add(argument.name().toLowerCase(Locale.ROOT));
        }
        return inner;
    }

    private void column(List<String> parts, Set<String> scope) {
        var name = parts.get(0);
        var lower = name.toLowerCase(Locale.ROOT);
        if (parts.size() > 1) {
            var whole = String.join(".", parts);
            faults.add(new ExpressionFault(
                    name, "'%s' is not a column".formatted(whole), "columns have no parts: drop the dot"));
        } else if (!scope.contains(lower) && !columns.contains(lower)) {
            faults.add(new ExpressionFault(
                    name, "there is no column '%s'".formatted(name), Problems.hint(name, List.copyOf(columns))));
        }
    }

    private void function(UnresolvedFunction function) {
        var name = String.join(".", CollectionConverters.asJava(function.nameParts()));
        boolean aggregated = function.isDistinct()
                || function.filter().isDefined()
                || function.ignoreNulls().isDefined()
                || !function.orderingWithinGroup().isEmpty();
        if (!AllowedFunctions.contains(name)) {
            faults.add(AllowedFunctions.refusal(name));
        } else if (!aggregated) {
            ProvidedFunctions.fault(name, function.arguments().size()).ifPresent(faults::add);
        } else {
            faults.add(new ExpressionFault(
                    name,
                    "%s takes neither DISTINCT nor FILTER here".formatted(name),
                    "compute it as a measure of a view"));
        }
    }

    private void cast(Cast cast) {
        if (!cast.evalMode().equals(EvalMode.TRY())) {
            faults.add(new ExpressionFault(
                    "a cast stops the run where a record cannot be converted",
                    "write try_cast(%s AS %s)"
                            .formatted(
                                    cast.child().sql().replace("`", ""),
                                    cast.dataType().sql())));
        }
    }

    private void division(Expression division) {
        var sides = CollectionConverters.asJava(division.children());
        if (!neverZero(sides.get(1))) {
            faults.add(new ExpressionFault(
                    "a division stops the run where a record's divisor is zero",
                    "write try_divide(a, b), or divide by nullif(b, 0)"));
        }
    }

    private static boolean neverZero(Expression divisor) {
        if (divisor instanceof UnresolvedFunction function) {
            var name = function.nameParts().head().toLowerCase(Locale.ROOT);
            var arguments = CollectionConverters.asJava(function.arguments());
            return name.equals("nullifzero")
                    || (name.equals("nullif") && arguments.size() == 2 && isZero(arguments.get(1)));
        }
        return divisor instanceof Literal && !isZero(divisor);
    }

    private static boolean isZero(Expression expression) {
        if (!(expression instanceof Literal)) {
            return false;
        }
        try {
            return new BigDecimal(expression.sql().replaceAll("[A-Z]+$", "")).signum() == 0;
        } catch (NumberFormatException noPlainNumber) {
            return true;
        }
    }

    private static ExpressionFault unusable(Expression node) {
        return switch (node.getClass().getSimpleName()) {
            case "ScalarSubquery", "Exists", "ListQuery", "InSubquery" ->
                new ExpressionFault("an expression may not ask other tables", "leave the subquery out");
            case "WindowExpression" ->
                new ExpressionFault(
                        "an expression sees only its own record, not those around it",
                        "use the view's 'window' or 'top'");
            case "UnresolvedStar" -> new ExpressionFault("* is not a value", "name the column");
            case "UnresolvedExtractValue" ->
                new ExpressionFault(
                        "an index in brackets stops the run where a list is shorter",
                        "write get(list, 0) or try_element_at(list, 1)");
            case "NamedParameter", "PosParameter" ->
                new ExpressionFault("there are no parameters here", "write the value itself");
            default ->
                new ExpressionFault(
                        "'%s' may not be used".formatted(node.prettyName()),
                        "see the list of 'tandem check --functions'");
        };
    }
}
