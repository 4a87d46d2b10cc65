package dev.tandem.engine.prepare;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructField;
import scala.collection.immutable.Seq;

/** One stage of a compiled definition. Its columns replace those of the stage before it; the first one reads the parsed row. */
public sealed interface Stage extends Serializable {
    /** What the one of the two makes of it that it is. */
    <T> T match(Function<Projected, T> projected, Function<Joined, T> joined);

    /** Columns computed by Spark's expressions over {@code input}, the columns before it. */
    record Projected(Seq<Expression> expressions, Seq<Attribute> input) implements Stage {
        @Override
        public <T> T match(Function<Projected, T> projected, Function<Joined, T> joined) {
            return projected.apply(this);
        }
    }

    /**
     * The columns before it, then those of a dimension.
     *
     * @param keys the columns before it that are the dimension's key
     * @param added the columns of the dimension
     */
    record Joined(Lookup dimension, List<Integer> keys, List<StructField> added) implements Stage {
        @Override
        public <T> T match(Function<Projected, T> projected, Function<Joined, T> joined) {
            return joined.apply(this);
        }
    }
}
