package dev.tandem.engine.prepare;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ArrayDistinct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code array_distinct} of texts. Spark interprets it with a hash set, which costs more than all other steps of a record that has
 * two or three tags.
 */
public final class DistinctTexts {
    /** Up to so many elements, comparing each with each is faster than hashing. */
    private static final int FEW = 16;

    private static final int BINARY = 0;

    private DistinctTexts() {}

    /** What computes {@code expression}, if it is that. */
    static Optional<Expression> of(Expression expression) {
        if (!(expression instanceof ArrayDistinct distinct)
                || !(expression.dataType() instanceof ArrayType type)
                || !(type.elementType() instanceof StringType text)
                || text.collationId() != BINARY) {
            return Optional.empty();
        }
        return Optional.of(new StaticInvoke(
                DistinctTexts.class,
                type,
                "distinct",
                CollectionConverters.asScala(List.of(distinct.child())).toSeq(),
                CollectionConverters.asScala(List.<AbstractDataType>of(type)).toSeq(),
                true,
                false,
                true,
                Option.empty()));
    }

    /** The elements of {@code texts} without later copies, null being an element like others, in their order. */
    public static ArrayData distinct(ArrayData texts) {
        int count = texts.numElements();
        var kept = new @Nullable Object[count];
        int size = 0;
        Set<@Nullable Object> seen = count > FEW ? new HashSet<>() : Set.of();
        for (int index = 0; index < count; index++) {
            UTF8String text = texts.isNullAt(index) ? null : texts.getUTF8String(index);
            boolean isNew = count > FEW ? seen.add(text) : !isAmong(kept, size, text);
            if (isNew) {
                kept[size++] = text;
            }
        }
        return size == count ? texts : new GenericArrayData(Arrays.copyOf(kept, size));
    }

    private static boolean isAmong(@Nullable Object[] kept, int size, @Nullable UTF8String text) {
        for (int index = 0; index < size; index++) {
            if (text == null ? kept[index] == null : text.equals(kept[index])) {
                return true;
            }
        }
        return false;
    }
}
