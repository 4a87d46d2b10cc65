package dev.tandem.engine.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A record with nothing odd about it, in Spark's own form: each number is 1, each text a letter, each list has one element. */
final class PlainRecord {
    private static final long SOME_DAY = 20_000;
    private static final long MICROS_OF_A_DAY = 86_400_000_000L;

    private PlainRecord() {}

    static Seq<Object> of(Seq<Attribute> columns) {
        var values = new ArrayList<@Nullable Object>();
        for (var column : CollectionConverters.asJava(columns)) {
            values.add(value(column.dataType()));
        }
        return CollectionConverters.asScala(values).toSeq();
    }

    private static @Nullable Object value(DataType type) {
        if (type instanceof StringType) {
            return UTF8String.fromString("a");
        }
        if (type instanceof IntegerType) {
            return 1;
        }
        if (type instanceof LongType) {
            return 1L;
        }
        if (type instanceof DoubleType) {
            return 1.0;
        }
        if (type instanceof DecimalType decimal) {
            // DECIMAL(2,2) holds no 1.
            var least = BigDecimal.ONE.movePointLeft(decimal.scale());
            return Decimal.apply(least, decimal.precision(), decimal.scale());
        }
        if (type instanceof ArrayType list) {
            return new GenericArrayData(new @Nullable Object[] {value(list.elementType())});
        }
        return moment(type);
    }

    private static @Nullable Object moment(DataType type) {
        if (type instanceof BooleanType) {
            return true;
        }
        if (type instanceof DateType) {
            return (int) SOME_DAY;
        }
        return type instanceof TimestampType ? (Object) (SOME_DAY * MICROS_OF_A_DAY) : null;
    }
}
