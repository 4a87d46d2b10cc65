package dev.tandem.segments;

import java.util.List;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of segments and files of fates, and how they are encoded. */
final class Segments {
    /** Compressed; what a writer holds in memory, and about 300,000 records of 250 bytes. */
    static final int ROW_GROUP_BYTES = 16 << 20;

    static final String MICRO_BATCH = "micro_batch";
    static final String PARTITION = "partition";
    static final String POSITION = "position";
    static final String ARRIVED = "arrived";
    static final String FATE = "fate";
    static final String RULE = "rule";
    static final String DETAIL = "detail";
    static final String RAW = "raw";

    static final String KIND = "kind";
    static final String OF_PARTITION = "of_partition";
    static final String OF_POSITION = "of_position";
    static final String VIEW = "view";
    static final String WINDOW_START = "window_start";
    static final String WINDOW_END = "window_end";
    static final String WHOLE = "whole";

    /** All columns of a segment but the value, whose pages {@link ValuePages} makes. */
    static final MessageType HEADS = Types.buildMessage()
            .required(PrimitiveTypeName.INT32)
            .named(PARTITION)
            .required(PrimitiveTypeName.INT64)
            .named(POSITION)
            .required(PrimitiveTypeName.INT64)
            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
            .named(ARRIVED)
            .required(PrimitiveTypeName.INT32)
            .named(FATE)
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(RULE)
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(DETAIL)
            .named("segment");

    static final MessageType SEGMENT = HEADS.union(
            Types.buildMessage().required(PrimitiveTypeName.BINARY).named(RAW).named("segment"));

    private static final MessageType NUMBER = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named(MICRO_BATCH)
            .named("segment");

    /** The same with the number of each record's micro-batch, for merged segments. */
    static final MessageType MERGED_HEADS = HEADS.union(NUMBER);

    static final MessageType MERGED = SEGMENT.union(NUMBER);

    static final MessageType FATES = Types.buildMessage()
            .required(PrimitiveTypeName.INT32)
            .named(KIND)
            .required(PrimitiveTypeName.INT32)
            .named(PARTITION)
            .required(PrimitiveTypeName.INT64)
            .named(POSITION)
            .optional(PrimitiveTypeName.INT32)
            .named(OF_PARTITION)
            .optional(PrimitiveTypeName.INT64)
            .named(OF_POSITION)
            .optional(PrimitiveTypeName.INT32)
            .named(VIEW)
            .optional(PrimitiveTypeName.INT64)
            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
            .named(WINDOW_START)
            .optional(PrimitiveTypeName.INT64)
            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
            .named(WINDOW_END)
            .optional(PrimitiveTypeName.BOOLEAN)
            .named(WHOLE)
            .named("fates");

    private static final List<String> RISING = List.of(MICRO_BATCH, POSITION, ARRIVED, OF_POSITION);

    /** How the columns are encoded. The writer keeps state in it, so each file needs its own. */
    static ParquetProperties properties() {
        return ParquetProperties.builder()
                .withDictionaryEncoding(DETAIL, false)
                .withAllocator(HeapByteBufferAllocator.getInstance())
                .withValuesWriterFactory(new Encodings())
                .build();
    }

    /** Positions and times as differences: two bytes or less each in place of eight. */
    private static final class Encodings implements ValuesWriterFactory {
        private static final int FIRST_SLAB_BYTES = 256;

        private final ValuesWriterFactory others = new DefaultV1ValuesWriterFactory();
        private int pageBytes;

        @Override
        public void initialize(ParquetProperties properties) {
            others.initialize(properties);
            pageBytes = properties.getPageSizeThreshold();
        }

        @Override
        public ValuesWriter newValuesWriter(ColumnDescriptor column) {
            return RISING.contains(column.getPath()[0])
                    ? new DeltaBinaryPackingValuesWriterForLong(
                            FIRST_SLAB_BYTES, pageBytes, HeapByteBufferAllocator.getInstance())
                    : others.newValuesWriter(column);
        }
    }

    private Segments() {}
}
