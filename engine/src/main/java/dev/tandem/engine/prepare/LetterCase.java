package dev.tandem.engine.prepare;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.util.CollationSupport;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code lower} and {@code upper} with a short way for ASCII. The results are Spark's; but Spark's own code loads the tables of all
 * languages for the first text, which takes two seconds of processor time and is wasted where no text needs them.
 */
public final class LetterCase {
    private static final int BINARY = 0;

    private LetterCase() {}

    /** What computes {@code expression}, if it is one of the two. */
    static Optional<Expression> of(Expression expression) {
        if (!(expression.dataType() instanceof StringType type) || type.collationId() != BINARY) {
            return Optional.empty();
        }
        if (expression instanceof Lower lower) {
            return Optional.of(call("lower", lower.child()));
        }
        return expression instanceof Upper upper ? Optional.of(call("upper", upper.child())) : Optional.empty();
    }

    private static Expression call(String method, Expression text) {
        return new StaticInvoke(
                LetterCase.class,
                DataTypes.StringType,
                method,
                CollectionConverters.asScala(List.of(text)).toSeq(),
                CollectionConverters.asScala(List.<AbstractDataType>of(DataTypes.StringType))
                        .toSeq(),
                true,
                false,
                true,
                Option.empty());
    }

    /** As Spark's {@code lower} over binary collation. */
    public static UTF8String lower(UTF8String text) {
        return text.isFullAscii() ? text.toLowerCaseAscii() : CollationSupport.Lower.execBinaryICU(text);
    }

    /** As Spark's {@code upper} over binary collation. */
    public static UTF8String upper(UTF8String text) {
        return text.isFullAscii() ? text.toUpperCaseAscii() : CollationSupport.Upper.execBinaryICU(text);
    }
}
