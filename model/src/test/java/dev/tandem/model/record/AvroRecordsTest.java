package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Format;
import dev.tandem.model.WriterSchemas;
import dev.tandem.model.reading.DefinitionReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Avro's own library writes the records; what it was given is what must come out. */
class AvroRecordsTest {
    private static final String DEFINITION = """
            pipeline: avro
            time: { event: at }
            source: { kafka: raw, format: avro }
            schema: "at TIMESTAMP, %s"
            views: { n: { measures: { n: count(*) } } }
            outputs: [{ view: n, table: "${mode}_n", in: sqlite }]
            """;
    private static final int ID = 7;

    /** A registry of one schema. */
    private record One(String text) implements WriterSchemas {
        @Override
        public Optional<List<String>> texts(int id) {
            return id == ID ? Optional.of(List.of(text)) : Optional.empty();
        }
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[%s]}".formatted(fields));
    }

    private static Schema field(String type) {
        return record("{\"name\":\"x\",\"type\":%s}".formatted(type));
    }

    private static byte[] written(Schema schema, Map<String, @Nullable Object> values) {
        var record = new GenericData.Record(schema);
        values.forEach(record::put);
        return written(schema, record);
    }

    private static byte[] written(Schema schema, GenericRecord record) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(ID).array());
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Verdict read(String fields, Schema written, byte[] record) {
        var schema = DefinitionReader.parse(DEFINITION.formatted(fields), "avro.yaml")
                .schema();
        return Verdict.of(new RecordParser(schema, Format.AVRO.writtenBy(new One(written.toString()))), record);
    }

    /** What a field of {@code type} is where Avro's type {@code written} holds {@code value}. */
    private static Verdict read(String type, String written, @Nullable Object value) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("x", value);
        return read("x " + type, field(written), written(field(written), values));
    }

    private static @Nullable Object value(String type, String written, @Nullable Object value) {
        var verdict = read(type, written, value);
        assertThat(verdict.refusal()).isEmpty();
        return verdict.values().get(1);
    }

    private static String logical(String type, String more) {
        return "{\"type\":\"%s\",\"logicalType\":%s}".formatted(type, more);
    }

    @Nested
    class AType {
        @Test
        void becomesTheSameOrAWiderOne() {
            assertThat(value("STRING", "\"string\"", "ä")).isEqualTo("ä");
            assertThat(value("INT", "\"int\"", -5)).isEqualTo(-5);
            assertThat(value("BIGINT", "\"int\"", -5)).isEqualTo(-5L);
            assertThat(value("BIGINT", "\"long\"", Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
            assertThat(value("DOUBLE", "\"int\"", 3)).isEqualTo(3.0);
            assertThat(value("DOUBLE", "\"long\"", 1L << 53)).isEqualTo(9_007_199_254_740_992.0);
            assertThat(value("DOUBLE", "\"float\"", 0.1f)).isEqualTo((double) 0.1f);
            assertThat(value("DOUBLE", "\"double\"", -0.0)).isEqualTo(0.0);
            assertThat(value("BOOLEAN", "\"boolean\"", true)).isEqualTo(true);
            assertThat(value("DECIMAL(5,1)", "\"int\"", 12)).isEqualTo(new BigDecimal("12.0"));
            assertThat(value("BIGINT", "[\"null\",\"string\",\"long\"]", 4L)).isEqualTo(4L);
            assertThat(value("BIGINT", "[\"null\",\"long\"]", null)).isNull();
        }

        @Test
        void mayBeLogical() {
            var decimal = logical("bytes", "\"decimal\",\"precision\":6,\"scale\":2");
            assertThat(value("DECIMAL(8,3)", decimal, ByteBuffer.wrap(new byte[] {(byte) 0xFF, 0x38})))
                    .isEqualTo(new BigDecimal("-2.000"));
            assertThat(value("DATE", logical("int", "\"date\""), 20_454)).isEqualTo(LocalDate.parse("2026-01-01"));
            long millis = Instant.parse("2026-01-01T00:00:00.123Z").toEpochMilli();
            assertThat(value("TIMESTAMP", logical("long", "\"timestamp-millis\""), millis))
                    .isEqualTo(millis * 1_000);
            assertThat(value("TIMESTAMP", logical("long", "\"timestamp-micros\""), 5L))
                    .isEqualTo(5L);
            assertThat(value("TIMESTAMP", logical("long", "\"timestamp-nanos\""), 5_000L))
                    .isEqualTo(5L);
            assertThat(value("TIMESTAMP EPOCH SECONDS", "\"long\"", 5L)).isEqualTo(5_000_000L);
        }

        @Test
        void mayBeTextThatIsReadAsInJson() {
            assertThat(value("TIMESTAMP", "\"string\"", "1970-01-01T00:00:01Z")).isEqualTo(1_000_000L);
            assertThat(value("DECIMAL(5,2)", "\"string\"", "1.5")).isEqualTo(new BigDecimal("1.50"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "INT       | \"long\"   | 5   | the field 'x' is of Avro's type long, not INT (schema 7)",
                    "STRING    | \"long\"   | 5   | the field 'x' is of Avro's type long, not STRING (schema 7)",
                    "TIMESTAMP | \"long\"   | 5   | the field 'x' is of Avro's type long, not TIMESTAMP (schema 7)",
                    "DATE      | \"long\"   | 5   | the field 'x' is of Avro's type long, not DATE (schema 7)",
                    "BOOLEAN   | \"long\"   | 5   | the field 'x' is of Avro's type long, not BOOLEAN (schema 7)",
                    "ARRAY<INT> | \"long\"  | 5   | the field 'x' is of Avro's type long, not ARRAY<INT> (schema 7)",
                    "BIGINT    | {\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | 5 | the field 'x' is of Avro's type long (timestamp-millis), not BIGINT (schema 7)",
                    "DOUBLE    | \"long\"   | 9007199254740993 | the field 'x' is 9007199254740993, which is no DOUBLE (schema 7)",
                    "DECIMAL(2,0) | \"long\" | 100 | the field 'x' is 100, which is no DECIMAL(2,0) (schema 7)",
                    "TIMESTAMP | {\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"} | 5 | the field 'x' is 5, which is no TIMESTAMP (schema 7)"
                })
        void isNotCutToAnother(String type, String written, long value, String refusal) {
            assertThat(read(type, written, value).refusal()).isEqualTo(refusal);
        }

        @Test
        void holdsNoInfiniteNumber() {
            assertThat(read("DOUBLE", "\"double\"", Double.NaN).refusal())
                    .isEqualTo("the field 'x' is NaN, which is no DOUBLE (schema 7)");
        }
    }

    @Nested
    class AField {
        private final Schema user = record("""
                {"name":"gone","type":{"type":"map","values":"bytes"}},
                {"name":"user","type":["null",{"type":"record","name":"User","fields":[
                  {"name":"id","type":"long"},{"name":"tags","type":{"type":"array","items":"string"}}]}]},
                {"name":"labels","type":{"type":"map","values":"string"}},
                {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["NEW","OLD"]}}""");
        private static final String FIELDS =
                "uid BIGINT FROM '$.user.id', tags ARRAY<STRING> FROM '$.user.tags', first STRING FROM '$.user.tags[0]',"
                        + " host STRING FROM '$.labels[\\\"k8s.host\\\"]', kind STRING, later STRING";

        private GenericRecord whole() {
            var inner = new GenericData.Record(
                    user.getField("user").schema().getTypes().get(1));
            inner.put("id", 3L);
            inner.put("tags", List.of("a", "b"));
            var record = new GenericData.Record(user);
            record.put("gone", Map.of("x", ByteBuffer.wrap(new byte[40])));
            record.put("user", inner);
            record.put("labels", Map.of("k8s.host", "h", "other", "o"));
            record.put("kind", new GenericData.EnumSymbol(user.getField("kind").schema(), "OLD"));
            return record;
        }

        @Test
        void isFoundByNameAndPathAndHasNoValueWhereTheWriterHadNone() {
            assertThat(read(FIELDS, user, written(user, whole())).values())
                    .containsExactly(null, 3L, List.of("a", "b"), "a", "h", "OLD", null);
        }

        @Test
        void withinWhatIsNullHasNoValue() {
            var record = whole();
            record.put("user", null);
            assertThat(read(FIELDS, user, written(user, record)).values())
                    .containsExactly(null, null, null, null, "h", "OLD", null);
        }

        @Test
        void thatIsRequiredIsMissed() {
            assertThat(read("later STRING NOT NULL", user, written(user, whole()))
                            .refusal())
                    .isEqualTo("the field 'later' has no value");
        }

        @Test
        void isNotWithinAValueOfAnotherKind() {
            assertThat(read("k STRING FROM '$.kind.name'", user, written(user, whole()))
                            .refusal())
                    .isEqualTo("'$.kind' is of Avro's type enum, not a record or map (schema 7)");
        }
    }

    @Nested
    class Bytes {
        private final Schema schema = record("""
                {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                {"name":"a","type":["null","string"]},
                {"name":"b","type":{"type":"array","items":"double"}},
                {"name":"c","type":{"type":"fixed","name":"F","size":3}},
                {"name":"d","type":["int","boolean"]}""");

        private byte[] any(SplittableRandom random) {
            var record = new GenericData.Record(schema);
            record.put("at", random.nextLong(1L << 50));
            record.put("a", random.nextBoolean() ? null : "ä".repeat(random.nextInt(20)));
            record.put("b", random.doubles(random.nextInt(4)).boxed().toList());
            record.put("c", new GenericData.Fixed(schema.getField("c").schema(), new byte[3]));
            record.put("d", random.nextBoolean() ? (Object) random.nextInt() : (Object) random.nextBoolean());
            return written(schema, record);
        }

        @Test
        void thatAreCutAnywhereAreMalformed() {
            var random = new SplittableRandom(3);
            for (int round = 0; round < 200; round++) {
                byte[] whole = any(random);
                for (int length = 0; length < whole.length; length++) {
                    var verdict = read("a STRING", schema, Arrays.copyOf(whole, length));
                    assertThat(verdict.refusal())
                            .as("%d of %d bytes", length, whole.length)
                            .isNotEmpty();
                }
            }
        }

        /** Whatever the bytes are: an answer, the same from a parser that has read others before. */
        @Test
        void ofAnyKindAreReadOrMalformed() {
            var random = new SplittableRandom(4);
            var definition = DefinitionReader.parse(DEFINITION.formatted("a STRING, b ARRAY<DOUBLE>"), "avro.yaml")
                    .schema();
            var format = Format.AVRO.writtenBy(new One(schema.toString()));
            var used = new RecordParser(definition, format);
            int read = 0;
            for (int round = 0; round < 20_000; round++) {
                byte[] bytes = any(random);
                int hit = 5 + random.nextInt(bytes.length - 5);
                bytes[hit] = (byte) random.nextInt(256);
                var fresh = Verdict.of(new RecordParser(definition, format), bytes);
                assertThat(Verdict.of(used, bytes)).isEqualTo(fresh);
                read += fresh.refusal().isEmpty() ? 1 : 0;
            }
            assertThat(read).isBetween(1_000, 19_000);
        }

        @Test
        void areRefusedByWhatIsWrongWithThem() {
            byte[] whole = any(new SplittableRandom(5));
            byte[] other = whole.clone();
            other[4] = 8;
            var refusals = new ArrayList<String>();
            for (var bytes : List.of(
                    new byte[0],
                    new byte[] {'{', '"', 'a', '"', ':', '1', '}'},
                    other,
                    Arrays.copyOf(whole, whole.length + 2))) {
                refusals.add(read("a STRING", schema, bytes).refusal());
            }
            assertThat(refusals)
                    .containsExactly(
                            "the record does not begin with the byte 0 and the id of a schema, as clients of a schema registry write it",
                            "the record does not begin with the byte 0 and the id of a schema, as clients of a schema registry write it",
                            "the schema registry has no Avro schema of the id 8",
                            "2 bytes follow the record that schema 7 describes");
        }

        @Test
        void thatClaimAnythingTakeNoMemory() {
            var list = field("{\"type\":\"array\",\"items\":\"null\"}");
            byte[] claims = {0, 0, 0, 0, ID, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 0};
            assertThat(read("y STRING", list, claims).refusal())
                    .isEqualTo("a list claims more elements than the record has bytes (schema 7)");
            byte[] text = {0, 0, 0, 0, ID, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
            assertThat(read("x STRING", field("\"string\""), text).refusal())
                    .isEqualTo("a length is 2147483647, and 0 bytes are left (schema 7)");
        }
    }

    @Test
    void nobodyIsAskedWithoutARegistry() {
        var schema = DefinitionReader.parse(DEFINITION.formatted("a STRING"), "avro.yaml")
                .schema();
        assertThatThrownBy(() -> new RecordParser(schema, Format.AVRO).parse(new byte[] {0, 0, 0, 0, 1}))
                .isInstanceOf(IllegalStateException.class);
    }
}
