package dev.tandem.model.record;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record strictly by a schema, the same way in both modes. Spark's own readers would turn a wrong type into a half-empty
 * row and ignore what follows; here each is a {@link MalformedRecordException} that names the field, so the record goes to
 * quarantine whole.
 *
 * <p>Values come in schema order: String, Integer, Long, Double, BigDecimal (at the field's scale), Boolean, Long microseconds
 * since 1970 for a timestamp, LocalDate, List, or null where the record has none. One parser serves one thread.
 */
public final class RecordParser {
    private final Schema schema;
    private final Notation notation;

    /** How the bytes of a record become values. */
    interface Notation {
        @Nullable
        Object[] values(byte[] record) throws MalformedRecordException;
    }

    /** Of JSON objects. */
    public RecordParser(Schema schema) {
        this(schema, Format.JSON);
    }

    /** {@code schema} has the fields beside the value behind those of the value, as {@link Schema#landed} puts them. */
    public RecordParser(Schema schema, Format format) {
        this.schema = schema;
        notation = notation(schema, format);
    }

    private static Notation notation(Schema schema, Format format) {
        var beside = Envelope.columns(schema);
        if (!beside.fields().isEmpty()) {
            var head = new JsonRecords(beside, new TextValues(Envelope.notation(format)));
            return new EnvelopedRecords(head, notation(schema.inRecord(), format));
        }
        var texts = new TextValues(format);
        return switch (format.kind()) {
            case JSON -> new JsonRecords(schema, texts);
            case CSV -> new CsvRecords(schema, format.delimiter(), texts);
            case AVRO -> new AvroRecords(schema, format.writers(), texts);
            case PROVIDED -> new ProvidedRecords(format.provided().orElseThrow(), new JsonRecords(schema, texts));
        };
    }

    /** One value for each field of the schema, in its order. A CSV record is its cells, without a header, in that order too. */
    public @Nullable Object[] parse(byte[] record) throws MalformedRecordException {
        var values = notation.values(record);
        for (int position = 0; position < values.length; position++) {
            if (values[position] == null && schema.fields().get(position).required()) {
                throw new MalformedRecordException("the field '%s' has no value"
                        .formatted(schema.fields().get(position).name()));
            }
        }
        return values;
    }
}
