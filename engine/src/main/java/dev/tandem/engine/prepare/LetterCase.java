package dev.tandem.engine.prepare;

import com.ibm.icu.lang.UCharacter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code lower} and {@code upper} by the library that Spark uses for them, ICU, asked directly: Spark's own class computes the title
 * case of every character before it answers for the first time, which takes two seconds of processor time.
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
        return text.isFullAscii()
                ? text.toLowerCaseAscii()
                : UTF8String.fromString(UCharacter.toLowerCase(Locale.ROOT, text.toString()));
    }

    /** As Spark's {@code upper} over binary collation. */
    public static UTF8String upper(UTF8String text) {
        return text.isFullAscii()
                ? text.toUpperCaseAscii()
                : UTF8String.fromString(UCharacter.toUpperCase(Locale.ROOT, text.toString()));
    }
}
