package dev.tandem.engine.definition;

import dev.tandem.engine.expression.Types;
import dev.tandem.engine.expression.Values;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared.Rejection;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import dev.tandem.model.record.SlotReader;
import dev.tandem.model.record.Slots;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw records into rows for Spark's expressions: where the record came from first, then a field for each of the schema, all
 * null with the reason in {@code UNUSABLE} where the record is not what the schema says. A {@link SlotReader} reads what is well
 * formed, straight into a row; where it gives up, the strict parser decides. Spark's internal rows are built directly, because
 * going through its public row type costs as much as the parsing.
 */
public final class ParsedRows {
    /** What the names of Tandem's own columns begin with: no name in a definition can. */
    static final String INTERNAL = "~";

    static final String PARTITION = INTERNAL + "partition";
    static final String POSITION = INTERNAL + "position";
    static final String ARRIVED = INTERNAL + "arrived";
    /** The arrival time as an expression may name it. */
    static final String ARRIVED_AT = "arrived_at";

    static final String RAW = INTERNAL + "raw";
    static final String MICRO_BATCH = INTERNAL + "micro_batch";
    static final String LANDED_AS = INTERNAL + "landed_as";
    /** Why a record cannot be used, where it cannot: a rule's name, and what was wrong. */
    static final String UNUSABLE = INTERNAL + "unusable";

    static final String UNUSABLE_DETAIL = INTERNAL + "unusable_detail";
    public static final String MALFORMED_REASON = "malformed";
    static final String FAILED_REASON = "expression_failed";
    public static final int FIRST_FIELD = 8;
    /** The column {@code UNUSABLE}. */
    public static final int UNUSABLE_COLUMN = 6;

    private final SlotReader reader;
    private final RecordParser parser;
    private final List<DataType> types;
    private final Slots slots;
    private final SlotRow read;

    /** Reads the fields of {@code schema}, all of which the bytes of a record hold. */
    public ParsedRows(Schema schema, Format format) {
        reader = SlotReader.of(schema, format);
        parser = new RecordParser(schema, format);
        types = schema.fields().stream()
                .map(field -> Types.ofField(field.type()))
                .toList();
        slots = new Slots(types.size());
        read = new SlotRow(slots, types);
    }

    static StructType type(Schema schema) {
        var type = new StructType()
                .add(required(PARTITION, DataTypes.IntegerType))
                .add(required(POSITION, DataTypes.LongType))
                .add(required(ARRIVED, DataTypes.TimestampType))
                .add(required(RAW, DataTypes.BinaryType))
                .add(required(MICRO_BATCH, DataTypes.LongType))
                .add(required(LANDED_AS, DataTypes.IntegerType))
                .add(UNUSABLE, DataTypes.StringType)
                .add(UNUSABLE_DETAIL, DataTypes.StringType);
        for (var field : schema.fields()) {
            type = type.add(field.name(), Types.ofField(field.type()));
        }
        return type;
    }

    private static StructField required(String name, DataType type) {
        return new StructField(name, type, false, Metadata.empty());
    }

    /** The row of a landed record, to be read before the next one is asked for. */
    public InternalRow row(Landed landed) {
        var row = row(
                landed.at().partition(),
                landed.at().position(),
                landed.arrivedMillis() * 1_000,
                landed.raw().bytes(),
                landed.microBatch(),
                landed.as());
        return landed.held().map(it -> refused(row, it)).orElse(row);
    }

    /** The row of a record, to be read before the next one is asked for; it may hold on to {@code raw}. */
    InternalRow row(int partition, long position, long arrivedMicros, byte[] raw, long microBatch, Landed.As as) {
        if (reader.read(raw, slots)) {
            read.origin(partition, position, arrivedMicros);
            read.landed(raw, microBatch, as.code());
            return read;
        }
        var values = new @Nullable Object[FIRST_FIELD + types.size()];
        values[0] = partition;
        values[1] = position;
        values[2] = arrivedMicros;
        values[3] = raw;
        values[4] = microBatch;
        values[5] = as.code();
        try {
            var parsed = parser.parse(raw);
            for (int index = 0; index < parsed.length; index++) {
                values[FIRST_FIELD + index] = Values.internal(parsed[index], types.get(index));
            }
        } catch (MalformedRecordException malformed) {
            values[6] = UTF8String.fromString(MALFORMED_REASON);
            values[7] = UTF8String.fromString(String.valueOf(malformed.getMessage()));
        }
        return new GenericInternalRow(values);
    }

    /** The same record as one on which an expression failed: without values, with the failure's words. */
    InternalRow failed(InternalRow row, RuntimeException failure) {
        var told = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return refused(row, new Rejection(FAILED_REASON, told));
    }

    /** The same record as one that is refused whatever its values are: without them. */
    InternalRow refused(InternalRow row, Rejection by) {
        var values = new @Nullable Object[FIRST_FIELD + types.size()];
        values[0] = row.getInt(0);
        values[1] = row.getLong(1);
        values[2] = row.getLong(2);
        values[3] = row.getBinary(3);
        values[4] = row.getLong(4);
        values[5] = row.getInt(5);
        values[6] = UTF8String.fromString(by.reason());
        values[7] = UTF8String.fromString(by.detail());
        return new GenericInternalRow(values);
    }
}
