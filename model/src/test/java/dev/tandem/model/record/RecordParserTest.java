package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Schema;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {
    private static final Schema SCHEMA = new Schema(List.of(
            field("id", "STRING", true),
            field("n", "INT", false),
            field("big", "BIGINT", false),
            field("price", "DECIMAL(6,2)", false),
            field("share", "DECIMAL(2,2)", false),
            field("x", "DOUBLE", false),
            field("ok", "BOOLEAN", false),
            field("at", "TIMESTAMP", false),
            field("day", "DATE", false),
            field("tags", "ARRAY<STRING>", false)));
    private static final String WHOLE = """
            {"id":"ä€😀","n":-7,"price":1.50,"at":"2026-01-31T23:59:59.5+05:30","tags":["a",null],"more":{"deep":[1,{}]}}""";

    private final RecordParser parser = new RecordParser(SCHEMA);

    /** A field's text in JSON, and the value or the message that comes of it. */
    private record Case(String field, String json, @Nullable Object outcome) {
        @Override
        public String toString() {
            var shown = json.length() > 40 ? json.substring(0, 40) + "…" : json;
            return field + ": " + shown.replace('\0', '0');
        }
    }

    @Nested
    class AField {
        @ParameterizedTest
        @MethodSource("dev.tandem.model.record.RecordParserTest#wellFormed")
        void isReadAsItsType(Case it) throws MalformedRecordException {
            assertThat(parse(it)).isEqualTo(it.outcome());
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.record.RecordParserTest#malformed")
        @Timeout(5)
        void isRefusedWithItsNameAndValue(Case it) {
            assertThatThrownBy(() -> parse(it)).hasMessage("the field '%s' %s", it.field(), it.outcome());
        }

        @Test
        void mayStandOnlyOnce() {
            assertThat(message("{'id':'a','id':'a'}")).isEqualTo("the field 'id' stands twice");
        }

        @Test
        void mustHaveAValueWhereRequired() {
            assertThat(message("{'n':1}")).isEqualTo("the field 'id' has no value");
        }

        @Test
        void isNullWhereAbsent() throws MalformedRecordException {
            assertThat(parser.parse(json("{'id':'a'}"))).containsOnly("a", null).hasSize(10);
        }

        @Test
        void isSkippedWhereTheSchemaDoesNotNameIt() throws MalformedRecordException {
            assertThat(parser.parse(json("{'z':[{'id':1}],'id':'a','z':2}"))[0]).isEqualTo("a");
        }

        private @Nullable Object parse(Case it) throws MalformedRecordException {
            var record = "{\"id\":\"a\",\"%s\":%s}".formatted(it.field(), it.json());
            if (it.field().equals("id")) {
                record = "{\"id\":%s}".formatted(it.json());
            }
            var names = SCHEMA.fields().stream().map(Schema.Field::name).toList();
            return parser.parse(record.getBytes(StandardCharsets.UTF_8))[names.indexOf(it.field())];
        }
    }

    @Nested
    class ARecord {
        @ParameterizedTest
        @ValueSource(strings = {"", " ", "[]", "1", "'text'", "null", "true", "[{'id':'a'}]"})
        void isAnObject(String text) {
            assertThat(message(text)).isEqualTo("the record is not a JSON object");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{'id':'a'}{}", "{'id':'a'} 1", "{'id':'a'}{'id':'b'}", "{'id':'a'}\n[]"})
        void standsAlone(String text) {
            assertThat(message(text)).isEqualTo("something follows the JSON object");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{",
                    "{'id'",
                    "{'id':",
                    "{'id':'a'",
                    "{'id':'a',",
                    "{'id':'a'}}",
                    "{'id':'a',}",
                    "{id:'a'}",
                    "{'id':a}",
                    "{'id':'a' 'n':1}",
                    "{'id':'a','n':01}",
                    "{'id':'a','n':+1}",
                    "{'id':'a','x':NaN}",
                    "{'id':'a','x':.5}",
                    "{'id':'a','x':1.}",
                    "{'id':'a','ok':TRUE}",
                    "{'id':'a\nb'}",
                    "{'id':'\\x'}",
                    "/**/{'id':'a'}",
                    "\0",
                    "{'id':'a','z':[}",
                    "{'id':'\\u12'}",
                    "id=a"
                })
        void isJson(String text) {
            assertThat(message(text)).startsWith("the record is not JSON: ");
        }

        @Test
        void isRefusedWhereverItIsTruncated() {
            var bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                var cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> parser.parse(cut)).isInstanceOf(MalformedRecordException.class);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0x80, 0xC0, 0xC3, 0xE2, 0xED, 0xF0, 0xF8, 0xFE, 0xFF})
        void isUtf8(int wrong) {
            var record = new ByteArrayOutputStream();
            record.writeBytes("{\"id\":\"a".getBytes(StandardCharsets.UTF_8));
            record.write(wrong);
            record.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> parser.parse(record.toByteArray())).isInstanceOf(MalformedRecordException.class);
        }

        @Test
        void isNotNestedDeeply() {
            assertThat(message("{'id':'a','z':" + "[".repeat(2_000) + "]".repeat(2_000) + "}"))
                    .startsWith(
                            "the record is not JSON: Document nesting depth (101) exceeds the maximum allowed (100");
        }

        @Test
        void mayHoldATextOfOneMebibyte() throws MalformedRecordException {
            var text = "x".repeat(1 << 20);
            assertThat(parser.parse(json("{'id':'" + text + "'}"))[0]).isEqualTo(text);
        }

        @Test
        void holdsNoTextOverOneMebibyte() {
            assertThat(message("{'id':'" + "x".repeat((1 << 20) + 1) + "'}"))
                    .startsWith("the record is not JSON: String");
        }

        @Test
        void mayHoldThousandsOfUnknownFields() throws MalformedRecordException {
            var fields = new StringBuilder("{'id':'a'");
            for (int number = 0; number < 20_000; number++) {
                fields.append(",'f").append(number).append("':1");
            }
            assertThat(parser.parse(json(fields + "}"))[0]).isEqualTo("a");
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void isReadOrRefusedWhateverItsBytes(long seed) {
            var random = new SplittableRandom(seed);
            for (int round = 0; round < 300; round++) {
                var bytes = mutated(random);
                var thrown = catchThrowableOfType(Throwable.class, () -> parser.parse(bytes));
                assertThat(thrown)
                        .satisfiesAnyOf(
                                it -> assertThat(it).isNull(),
                                it -> assertThat(it).isInstanceOf(MalformedRecordException.class));
            }
        }

        private static byte[] mutated(SplittableRandom random) {
            var bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            return bytes;
        }
    }

    @Nested
    class AMessage {
        @ParameterizedTest
        @ValueSource(
                strings = {"{'id':'a','n':'\\u0000\\n\\u001b[2J'}", "{'id':'a','n':x\0y}", "{'id':'a','n':'\\ud83d'}"})
        void quotesNothingThatCannotBeStored(String text) {
            assertThat(message(text).codePoints())
                    .noneMatch(letter -> Character.isISOControl(letter) || (letter >= 0xD800 && letter <= 0xDFFF));
        }

        @Test
        void quotesTheBeginningOfALongText() {
            assertThat(message("{'id':'a','n':'" + "9".repeat(500) + "'}"))
                    .isEqualTo("the field 'n' is '" + "9".repeat(60) + "…', which is no INT");
        }
    }

    @Nested
    class ATimestamp {
        /** DuckDB's reader of ISO 8601 is the independent opinion. */
        @Test
        void isTheInstantThatADatabaseReads() throws SQLException, MalformedRecordException {
            try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                    var query = duck.prepareStatement("SELECT epoch_us(CAST(? AS TIMESTAMPTZ))")) {
                for (var text : moments()) {
                    query.setString(1, text);
                    try (var rows = query.executeQuery()) {
                        rows.next();
                        assertThat(parser.parse(json("{'id':'a','at':'" + text + "'}"))[7])
                                .isEqualTo(rows.getLong(1));
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-01-31T12:00:00.1234561Z", "2026-01-31T12:00:00.000000001+05:30"})
        void hasNoDigitsBeyondTheMicrosecond(String text) {
            assertThatThrownBy(() -> parser.parse(json("{'id':'a','at':'" + text + "'}")))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessage("the field 'at' is '%s', which has digits beyond the microsecond", text);
        }

        @Test
        void mayHaveZerosThere() throws MalformedRecordException {
            assertThat(parser.parse(json("{'id':'a','at':'2026-01-31T12:00:00.123456000Z'}"))[7])
                    .isEqualTo(1_769_860_800_123_456L);
        }

        private static List<String> moments() {
            var random = new SplittableRandom(7);
            var moments = new ArrayList<String>();
            for (int round = 0; round < 200; round++) {
                moments.add("%04d-%02d-%02dT%02d:%02d:%02d.%06d%s%02d:%02d"
                        .formatted(
                                random.nextInt(2, 9999),
                                random.nextInt(1, 13),
                                random.nextInt(1, 29),
                                random.nextInt(24),
                                random.nextInt(60),
                                random.nextInt(60),
                                random.nextInt(1_000_000),
                                random.nextBoolean() ? "+" : "-",
                                random.nextInt(15),
                                random.nextInt(60)));
            }
            return moments;
        }
    }

    static Stream<Case> wellFormed() {
        return Stream.of(
                new Case("id", "\"\"", ""),
                new Case("id", "\"\\u00e4\\ud83d\\ude00\"", "ä😀"),
                new Case("id", "\"tab\\tline\\n\"", "tab\tline\n"),
                new Case("n", "null", null),
                new Case("n", "2147483647", 2147483647),
                new Case("n", "-2147483648", -2147483648),
                new Case("n", "\"42\"", 42),
                new Case("big", "9223372036854775807", Long.MAX_VALUE),
                new Case("price", "9999.99", new BigDecimal("9999.99")),
                new Case("price", "-0.1", new BigDecimal("-0.10")),
                new Case("price", "1.500", new BigDecimal("1.50")),
                new Case("price", "\"12.3\"", new BigDecimal("12.30")),
                new Case("price", "1e3", new BigDecimal("1000.00")),
                new Case("price", "120e-2", new BigDecimal("1.20")),
                new Case("share", "0", new BigDecimal("0.00")),
                new Case("share", "-0.99", new BigDecimal("-0.99")),
                new Case("x", "1.5e300", 1.5e300),
                new Case("x", "0.1", 0.1),
                new Case("x", "\"-2\"", -2.0),
                new Case("ok", "true", true),
                new Case("ok", "false", false),
                new Case("at", "\"2026-01-31T23:59:59.5Z\"", micros("2026-01-31T23:59:59.5Z")),
                new Case("at", "\"2026-01-31T23:59Z\"", micros("2026-01-31T23:59:00Z")),
                new Case("at", "\"2026-01-31T23:59:59+05:30\"", micros("2026-01-31T18:29:59Z")),
                new Case("at", "\"2026-01-31T23:59:59.123456000Z\"", micros("2026-01-31T23:59:59.123456Z")),
                new Case("at", "\"1969-12-31T23:59:59.999999Z\"", -1L),
                new Case("at", "\"0001-01-01T00:00:00Z\"", micros("0001-01-01T00:00:00Z")),
                new Case("at", "\"9999-12-31T23:59:59.999999Z\"", micros("9999-12-31T23:59:59.999999Z")),
                new Case("day", "\"2024-02-29\"", LocalDate.of(2024, 2, 29)),
                new Case("tags", "[]", List.of()),
                new Case("tags", "[\"a\",null,\"a\"]", Arrays.asList("a", null, "a")));
    }

    static Stream<Case> malformed() {
        var noTime = "which is no TIMESTAMP with a zone, as in 2026-01-31T23:59:59.5Z";
        return Stream.of(
                new Case("id", "1", "is a number, not STRING"),
                new Case("id", "{}", "is an object, not STRING"),
                new Case("id", "[\"a\"]", "is a list, not STRING"),
                new Case("id", "null", "has no value"),
                new Case("id", "\"a\\u0000b\"", "holds a NUL or half a character, which cannot be stored"),
                new Case("id", "\"\\ud83d\"", "holds a NUL or half a character, which cannot be stored"),
                new Case("id", "\"\\ude00\\ud83d\"", "holds a NUL or half a character, which cannot be stored"),
                new Case("tags", "[\"\\u0000\"]", "holds a NUL or half a character, which cannot be stored"),
                new Case("n", "2147483648", "is '2147483648', which is no INT"),
                new Case("n", "1.0", "is '1.0', which is no INT"),
                new Case("n", "1e3", "is '1e3', which is no INT"),
                new Case("n", "\"\"", "is '', which is no INT"),
                new Case("n", "\" 1\"", "is ' 1', which is no INT"),
                new Case("n", "\"٣\"", "is '٣', which is no INT"),
                new Case("n", "\"NaN\"", "is 'NaN', which is no INT"),
                new Case("n", "true", "is true or false, not INT"),
                new Case("n", "[1]", "is a list, not INT"),
                new Case("big", "9223372036854775808", "is '9223372036854775808', which is no BIGINT"),
                new Case("price", "10000", "is '10000', which is no DECIMAL(6,2)"),
                new Case("price", "9999.995", "is '9999.995', which is no DECIMAL(6,2)"),
                new Case("price", "0.001", "is '0.001', which is no DECIMAL(6,2)"),
                new Case("price", "1e999999999", "is '1e999999999', which is no DECIMAL(6,2)"),
                new Case("price", "1e-999999999", "is '1e-999999999', which is no DECIMAL(6,2)"),
                new Case("price", "0e-999999999", "is '0e-999999999', which is no DECIMAL(6,2)"),
                new Case("price", "\"1,50\"", "is '1,50', which is no DECIMAL(6,2)"),
                new Case("price", "\"0x1\"", "is '0x1', which is no DECIMAL(6,2)"),
                new Case("share", "1", "is '1', which is no DECIMAL(2,2)"),
                new Case("x", "1e400", "is '1e400', which is no DOUBLE"),
                new Case("x", "\"NaN\"", "is 'NaN', which is no DOUBLE"),
                new Case("x", "\"Infinity\"", "is 'Infinity', which is no DOUBLE"),
                new Case("x", "\"0x1p3\"", "is '0x1p3', which is no DOUBLE"),
                new Case("x", "\"1d\"", "is '1d', which is no DOUBLE"),
                new Case("x", "\" 1 \"", "is ' 1 ', which is no DOUBLE"),
                new Case("ok", "\"true\"", "is text, not BOOLEAN"),
                new Case("ok", "1", "is a number, not BOOLEAN"),
                new Case("at", "\"2026-01-31T23:59:59\"", "is '2026-01-31T23:59:59', " + noTime),
                new Case("at", "\"2026-01-31 23:59:59Z\"", "is '2026-01-31 23:59:59Z', " + noTime),
                new Case("at", "\"2026-02-30T00:00:00Z\"", "is '2026-02-30T00:00:00Z', " + noTime),
                new Case("at", "\"2026-01-31T24:00:00Z\"", "is '2026-01-31T24:00:00Z', " + noTime),
                new Case("at", "\"2026-12-31T23:59:60Z\"", "is '2026-12-31T23:59:60Z', " + noTime),
                new Case("at", "\"99999-01-01T00:00:00Z\"", "is '99999-01-01T00:00:00Z', " + noTime),
                new Case("at", "\"+99999-01-01T00:00:00Z\"", "is '+99999-01-01T00:00:00Z', " + noTime),
                new Case("at", "\"0000-12-31T23:59:59Z\"", "is '0000-12-31T23:59:59Z', " + noTime),
                new Case("at", "\"9999-12-31T23:59:59-01:00\"", "is '9999-12-31T23:59:59-01:00', " + noTime),
                new Case("at", "1767225600000", "is '1767225600000', " + noTime),
                new Case("day", "\"2026-02-29\"", "is '2026-02-29', which is no DATE"),
                new Case("day", "\"+99999-01-01\"", "is '+99999-01-01', which is no DATE"),
                new Case("day", "\"0000-01-01\"", "is '0000-01-01', which is no DATE"),
                new Case("tags", "\"a\"", "is text, not a list"),
                new Case("tags", "{}", "is an object, not a list"),
                new Case("tags", "[1]", "is a number, not STRING"),
                new Case("tags", "[[\"a\"]]", "is a list, not STRING"));
    }

    private String message(String text) {
        var thrown = catchThrowableOfType(MalformedRecordException.class, () -> parser.parse(json(text)));
        return Objects.requireNonNull(thrown.getMessage());
    }

    /** JSON with apostrophes for quotation marks, for the eye. */
    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Schema.Field field(String name, String type, boolean required) {
        return new Schema.Field(name, FieldType.named(type).orElseThrow(), required);
    }

    private static long micros(String instant) {
        return Instants.micros(Instant.parse(instant));
    }
}
