package dev.tandem.engine.expression;

import dev.tandem.model.Reason;
import dev.tandem.model.extension.FunctionProvider;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A call of a function that an extension brings. Spark converts its arguments to the types that it declares, as for its own functions. */
final class ProvidedFunction extends Expression implements ImplicitCastInputTypes, CodegenFallback, Serializable {
    private static final long serialVersionUID = 1L;

    private final FunctionProvider function;
    private final ArrayList<Expression> arguments;

    ProvidedFunction(FunctionProvider function, List<Expression> arguments) {
        this.function = function;
        this.arguments = new ArrayList<>(arguments);
    }

    @Override
    public Seq<AbstractDataType> inputTypes() {
        return CollectionConverters.asScala(function.arguments().stream()
                        .<AbstractDataType>map(Types::ofField)
                        .toList())
                .toSeq();
    }

    @Override
    public TypeCheckResult checkInputDataTypes() {
        return ImplicitCastInputTypes.super.checkInputDataTypes();
    }

    @Override
    public DataType dataType() {
        return Types.ofField(function.result());
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public @Nullable Object eval(@Nullable InternalRow row) {
        var evaluated = arguments.stream().map(argument -> argument.eval(row)).toArray();
        var values = new GenericInternalRow(evaluated);
        var given = new ArrayList<@Nullable Object>();
        IntStream.range(0, evaluated.length)
                .forEach(index ->
                        given.add(Values.of(values, index, arguments.get(index).dataType())));
        return Values.internal(result(given), dataType());
    }

    /** A failure of whatever kind is one of this record, not of the run. */
    private @Nullable Object result(List<@Nullable Object> given) {
        try {
            return function.call(given);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Cannot call %s: %s; see the extension that brings it".formatted(function.name(), Reason.of(e)), e);
        }
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        return CodegenFallback.super.doGenCode(context, code);
    }

    @Override
    public Seq<Expression> children() {
        return CollectionConverters.asScala(arguments).toSeq();
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return new ProvidedFunction(function, CollectionConverters.asJava(children));
    }

    @Override
    public String prettyName() {
        return function.name();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ProvidedFunction;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProvidedFunction that
                && function.name().equals(that.function.name())
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return 31 * function.name().hashCode() + arguments.hashCode();
    }

    @Override
    public int productArity() {
        return arguments.size();
    }

    @Override
    public Object productElement(int index) {
        return arguments.get(index);
    }
}
