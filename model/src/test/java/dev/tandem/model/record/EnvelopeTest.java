package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.FieldOrigin.Beside;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of a topic whose definition reads more of a message than its value. */
class EnvelopeTest {
    private static final String DEFINITION = """
            pipeline: enveloped
            time: { event: sent }
            source: { kafka: raw, format: %s }
            schema: >-
              user STRING FROM KEY, a INT, tenant STRING FROM HEADER 'it''s "1"', sent TIMESTAMP FROM TIMESTAMP,
              b STRING, tries BIGINT FROM HEADER 'tries'
            views: { n: { measures: { n: count(*) } } }
            outputs: [{ view: n, table: "${mode}_n", in: sqlite }]
            """;
    private static final Beside KEY = new Beside(Beside.Part.KEY);
    private static final Beside TENANT = new Beside(Beside.Part.HEADER, "it's \"1\"");
    private static final Beside TRIES = new Beside(Beside.Part.HEADER, "tries");
    private static final Beside SENT = new Beside(Beside.Part.TIMESTAMP);

    private static final Schema JSON = schema("json");
    private static final Schema CSV = schema("csv");

    private static Schema schema(String format) {
        return DefinitionReader.parse(DEFINITION.formatted(format), "enveloped.yaml")
                .schema()
                .landed();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] landed(String value, Map<Beside, byte[]> beside) {
        return Envelope.of(JSON).around(bytes(value), part -> Optional.ofNullable(beside.get(part)));
    }

    /** What both readers say of a record, which must be the same. */
    private static Verdict read(Schema schema, Format format, byte[] record) {
        var strict = Verdict.of(new RecordParser(schema, format), record);
        var slots = new Slots(schema.fields().size());
        if (SlotReader.of(schema, format).read(record, slots)) {
            assertThat(Verdict.of(slots, schema)).isEqualTo(strict);
        }
        return strict;
    }

    @Test
    void holdsTheFieldsOfTheValueFirst() {
        assertThat(JSON.names()).containsExactly("a", "b", "user", "tenant", "sent", "tries");
    }

    @Test
    void isALineOfJsonInFrontOfTheValue() {
        var record = landed("{\"a\":1}", Map.of(KEY, bytes("ann"), TRIES, bytes("2"), SENT, bytes("1767225600123")));

        assertThat(record)
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"key\":\"ann\",\"timestamp\":\"1767225600123\",\"header\":{\"tries\":\"2\"}}\n{\"a\":1}");
        assertThat(read(JSON, Format.JSON, record).values())
                .containsExactly(
                        1,
                        null,
                        "ann",
                        null,
                        Instant.parse("2026-01-01T00:00:00.123Z").toEpochMilli() * 1_000,
                        2L);
    }

    @Test
    void isNotThereWhereNothingIsReadBesideTheValue() {
        byte[] value = bytes("{}");
        assertThat(Envelope.of(JSON.inRecord()).around(value, part -> Optional.of(bytes("x"))))
                .isSameAs(value);
    }

    @Test
    void goesWithCells() {
        var record = landed("7,\"x\ny\"", Map.of(KEY, bytes("ann"), TENANT, bytes("\u00e4")));
        assertThat(read(CSV, Format.CSV, record).values()).containsExactly(7, "x\ny", "ann", "\u00e4", null, null);
    }

    @Test
    void doesNotHideThatTheValueIsMalformed() {
        assertThat(read(JSON, Format.JSON, landed("{\"a\":1} {}", Map.of())).refusal())
                .isEqualTo("something follows the JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "1.5", ""})
    void holdsNoTextInThePlaceOfANumber(String tries) {
        assertThat(read(JSON, Format.JSON, landed("{}", Map.of(TRIES, bytes(tries))))
                        .refusal())
                .isEqualTo("the field 'tries' is '%s', which is no BIGINT".formatted(tries));
    }

    @Test
    void keepsBytesThatAreNoText() {
        byte[] key = {0, 0, 1, (byte) 0xFF};
        var record = landed("{}", Map.of(KEY, key));

        assertThat(record).asString(StandardCharsets.UTF_8).isEqualTo("{\"key\":{\"not UTF-8\":\"AAAB/w==\"}}\n{}");
        assertThat(read(JSON, Format.JSON, record).refusal()).isEqualTo("the field 'user' is an object, not STRING");
        assertThat(Envelope.of(JSON).open(record).key()).hasValue(key);
    }

    @Test
    void isMissedInARecordThatWasLandedWithoutOne() {
        assertThat(read(JSON, Format.JSON, bytes("{}")).refusal())
                .isEqualTo("the record was landed without an envelope for its key and headers");
    }

    /** Any bytes as key, header and value: what goes in comes out, and text is read as it is. */
    @Test
    void givesBackWhatItWasGiven() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 2_000; round++) {
            byte[] key = anyBytes(random);
            byte[] tenant = anyBytes(random);
            byte[] value = anyBytes(random);
            var record = Envelope.of(JSON)
                    .around(
                            value,
                            part -> Optional.ofNullable(
                                    Map.of(KEY, key, TENANT, tenant).get(part)));
            var opened = Envelope.of(JSON).open(record);

            assertThat(opened.value()).isEqualTo(value);
            assertThat(opened.key()).hasValue(key);
            assertThat(opened.headers()).containsOnlyKeys(TENANT.name());
            assertThat(opened.headers().get(TENANT.name())).isEqualTo(tenant);
            var read = read(JSON, Format.JSON, landed("{}", Map.of(KEY, key, TENANT, tenant)));
            if (isText(key) && isText(tenant)) {
                assertThat(read.values().get(2)).isEqualTo(new String(key, StandardCharsets.UTF_8));
                assertThat(read.values().get(3)).isEqualTo(new String(tenant, StandardCharsets.UTF_8));
            } else {
                assertThat(read.refusal()).isNotEmpty();
            }
        }
    }

    private static byte[] anyBytes(SplittableRandom random) {
        var letters = List.of("a", "\"", "\\", "\n", "\u0001", "{", "}", "\u00e4", "\ud83d\ude00", "\u2028");
        var bytes = new StringBuilder();
        random.ints(random.nextInt(8), 0, letters.size()).forEach(it -> bytes.append(letters.get(it)));
        byte[] text = bytes(bytes.toString());
        if (text.length > 0 && random.nextInt(4) == 0) {
            text[random.nextInt(text.length)] = (byte) random.nextInt(256);
        }
        return text;
    }

    /** By the JDK's decoder; a NUL is text that no database stores. */
    private static boolean isText(byte[] bytes) {
        var again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, bytes) && new String(bytes, StandardCharsets.UTF_8).indexOf(0) < 0;
    }
}
