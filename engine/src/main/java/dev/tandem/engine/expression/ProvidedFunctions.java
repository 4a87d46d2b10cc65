package dev.tandem.engine.expression;

import dev.tandem.model.FieldType;
import dev.tandem.model.extension.Extensions;
import dev.tandem.model.extension.Extensions.Found;
import dev.tandem.model.extension.FunctionProvider;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The functions that extensions bring, made known to Spark under their names. */
public final class ProvidedFunctions {
    /** How Spark calls the origin of a function that is not its own. */
    private static final String SOURCE = "java_udf";

    private ProvidedFunctions() {}

    static Set<String> names() {
        return Extensions.current().of(FunctionProvider.class).stream()
                .map(found -> found.provider().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** What is wrong with a call of {@code name} with so many arguments, where an extension brings that function. */
    static Optional<ExpressionFault> fault(String name, int arguments) {
        return Extensions.current().of(FunctionProvider.class).stream()
                .map(Found::provider)
                .filter(it -> it.name().equalsIgnoreCase(name) && it.arguments().size() != arguments)
                .map(it -> new ExpressionFault(
                        name,
                        "%s takes %d argument(s), not %d"
                                .formatted(it.name(), it.arguments().size(), arguments),
                        "give it %s"
                                .formatted(it.arguments().stream()
                                        .map(FieldType::sql)
                                        .collect(Collectors.joining(", ", "(", ")")))))
                .findFirst();
    }

    /** Lets sessions that are begun from now on, and the typing of expressions, know them. */
    public static void register() {
        for (var found : Extensions.current().of(FunctionProvider.class)) {
            var function = found.provider();
            FunctionRegistry.builtin()
                    .createOrReplaceTempFunction(function.name(), arguments -> call(function, arguments), SOURCE);
        }
    }

    private static Expression call(FunctionProvider function, Seq<Expression> arguments) {
        return new ProvidedFunction(function, CollectionConverters.asJava(arguments));
    }

    static boolean isOfSpark(String name) {
        var known = FunctionRegistry.builtin().lookupFunction(new FunctionIdentifier(name.toLowerCase(Locale.ROOT)));
        return known.isDefined() && !known.get().getSource().equals(SOURCE);
    }
}
