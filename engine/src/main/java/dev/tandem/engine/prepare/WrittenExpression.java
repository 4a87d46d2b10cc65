package dev.tandem.engine.prepare;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Stands in for an expression of Spark's that has no generated code of its own. It exists only while code is generated: Spark
 * never transforms, compares or evaluates it.
 */
abstract class WrittenExpression extends Expression {
    private static final long serialVersionUID = 1L;

    private final transient Expression original;
    private final transient Variables variables;

    WrittenExpression(Expression original, Variables variables) {
        this.original = original;
        this.variables = variables;
    }

    /** Java that declares and computes the variables {@code isNull} and {@code value}. */
    abstract String code(String isNull, String value);

    /** How many expressions its code computes. */
    abstract int weight();

    Variables variables() {
        return variables;
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode result) {
        var code = code(result.isNull().toString(), result.value().toString());
        return new ExprCode(block(code), result.isNull(), result.value());
    }

    private static Block block(String code) {
        return new CodeBlock(
                CollectionConverters.asScala(List.of(code)).toSeq(),
                CollectionConverters.asScala(List.<JavaCode>of()).toSeq());
    }

    @Override
    public Seq<Expression> children() {
        return CollectionConverters.asScala(List.<Expression>of()).toSeq();
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return this;
    }

    @Override
    public DataType dataType() {
        return original.dataType();
    }

    @Override
    public boolean nullable() {
        return original.nullable();
    }

    @Override
    public @Nullable Object eval(@Nullable InternalRow row) {
        throw new UnsupportedOperationException("Only its code is used: " + original);
    }

    @Override
    public boolean canEqual(Object other) {
        return this == other;
    }

    @Override
    public int productArity() {
        return 1;
    }

    @Override
    public Object productElement(int index) {
        return original.toString();
    }
}
