package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Schema.Field;
import dev.tandem.model.WriterSchemas;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One Avro record as a client of a schema registry writes it: a byte 0, the id of the writer's schema in four bytes, the record in Avro's
 * binary form. The definition's fields are found by name, as Avro resolves one schema against another: what the writer's schema does not
 * have has no value, what it has beyond them is passed over.
 */
final class AvroRecords implements RecordParser.Notation {
    private static final int HEAD = 1 + Integer.BYTES;

    private final WriterSchemas writers;
    private final JsonPlace root;
    private final List<Field> fields;
    private final List<AvroValues> values;
    private final Map<Integer, Schema> known = new HashMap<>();

    AvroRecords(dev.tandem.model.Schema schema, WriterSchemas writers, TextValues texts) {
        this.writers = writers;
        fields = schema.fields();
        root = JsonPlace.of(schema);
        values = fields.stream().map(field -> new AvroValues(field, texts)).toList();
    }

    @Override
    public @Nullable Object[] values(byte[] record) throws MalformedRecordException {
        if (record.length < HEAD || record[0] != 0) {
            throw new MalformedRecordException(
                    "the record does not begin with the byte 0 and the id of a schema, as clients of a schema registry write it");
        }
        int id = ByteBuffer.wrap(record).getInt(1);
        var schema = known.get(id);
        if (schema == null) {
            schema = schema(id);
            known.put(id, schema);
        }
        var walk = new Walk(new AvroBytes(record, HEAD));
        try {
            walk.record(schema, root);
        } catch (MalformedRecordException e) {
            throw new MalformedRecordException("%s (schema %d)".formatted(e.getMessage(), id));
        }
        if (walk.bytes.left() > 0) {
            throw new MalformedRecordException(
                    "%d bytes follow the record that schema %d describes".formatted(walk.bytes.left(), id));
        }
        return walk.read;
    }

    private Schema schema(int id) throws MalformedRecordException {
        var texts = writers.texts(id);
        if (texts.isEmpty()) {
            throw new MalformedRecordException("the schema registry has no Avro schema of the id %d".formatted(id));
        }
        var parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        Schema last = null;
        try {
            for (var text : texts.get()) {
                last = parser.parse(text);
            }
        } catch (AvroRuntimeException e) {
            throw new MalformedRecordException("the schema of the id %d is no Avro: %s".formatted(id, e.getMessage()));
        }
        if (last == null || last.getType() != Schema.Type.RECORD) {
            throw new MalformedRecordException("the schema of the id %d is not of a record".formatted(id));
        }
        return last;
    }

    /** The way through one record. */
    private final class Walk {
        private final AvroBytes bytes;
        private final @Nullable Object[] read = new @Nullable Object[fields.size()];

        Walk(AvroBytes bytes) {
            this.bytes = bytes;
        }

        private void record(Schema schema, JsonPlace object) throws MalformedRecordException {
            bytes.enter();
            for (var field : schema.getFields()) {
                member(field.schema(), object.members().get(field.name()));
            }
            bytes.leave();
        }

        private void member(Schema schema, @Nullable JsonPlace place) throws MalformedRecordException {
            if (place == null) {
                bytes.skip(schema);
            } else {
                place(bytes.branch(schema), place);
            }
        }

        private void place(Schema schema, JsonPlace place) throws MalformedRecordException {
            if (schema.getType() == Schema.Type.NULL) {
                return;
            }
            int start = bytes.at();
            if (place.field().isPresent()) {
                int position = place.field().getAsInt();
                read[position] = value(schema, fields.get(position).type(), position);
                if (!place.isEntered()) {
                    return;
                }
                bytes.back(start);
            }
            enter(schema, place);
        }

        private void enter(Schema schema, JsonPlace place) throws MalformedRecordException {
            boolean object = !place.members().isEmpty();
            if (object && schema.getType() == Schema.Type.RECORD) {
                record(schema, place);
            } else if (object && schema.getType() == Schema.Type.MAP) {
                map(schema.getValueType(), place);
            } else if (!object && schema.getType() == Schema.Type.ARRAY) {
                var indexes = IntStream.iterate(0, index -> index + 1).iterator();
                bytes.blocks(
                        () -> member(schema.getElementType(), place.elements().get(indexes.next())));
            } else {
                throw new MalformedRecordException("'%s' is %s, not %s"
                        .formatted(place.told(), AvroValues.told(schema), object ? "a record or map" : "an array"));
            }
        }

        private void map(Schema values, JsonPlace place) throws MalformedRecordException {
            var seen = new HashSet<String>();
            bytes.blocks(() -> {
                var key = bytes.text();
                var member = place.members().get(key);
                if (member != null && !seen.add(key)) {
                    throw new MalformedRecordException(
                            "the key '%s' stands twice in '%s'".formatted(key, place.told()));
                }
                member(values, member);
            });
        }

        private @Nullable Object value(Schema written, FieldType type, int position) throws MalformedRecordException {
            var schema = bytes.branch(written);
            return switch (schema.getType()) {
                case NULL -> null;
                case ARRAY -> list(schema, type, position);
                case RECORD, MAP ->
                    throw new MalformedRecordException("the field '%s' is %s, not %s"
                            .formatted(values.get(position).name(), AvroValues.told(schema), type.sql()));
                default -> values.get(position).of(AvroValues.primitive(schema, bytes), schema, type);
            };
        }

        private List<@Nullable Object> list(Schema schema, FieldType type, int position)
                throws MalformedRecordException {
            if (!type.isList()) {
                throw new MalformedRecordException("the field '%s' is %s, not %s"
                        .formatted(values.get(position).name(), AvroValues.told(schema), type.sql()));
            }
            var element = type.asList().orElseThrow().element();
            var elements = new ArrayList<@Nullable Object>();
            bytes.blocks(() -> elements.add(value(schema.getElementType(), element, position)));
            return elements;
        }
    }
}
