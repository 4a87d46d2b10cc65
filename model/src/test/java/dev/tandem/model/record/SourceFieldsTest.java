package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that are read under another name, from within objects and lists, or in another notation than the plain one. */
class SourceFieldsTest {
    private static final String DEFINITION = """
            pipeline: fields
            time: { event: at }
            source: { kafka: raw }
            schema: >-
              at TIMESTAMP FROM BROKER TIME, %s
            views: { n: { measures: { n: count(*) } } }
            outputs: [{ view: n, table: "${mode}_n", in: sqlite }]
            """;

    private static Schema schema(String fields) {
        return DefinitionReader.parse(DEFINITION.formatted(fields), "fields.yaml")
                .schema()
                .inRecord();
    }

    /** What both readers say, which must be the same; {@code text} has ' for ". */
    private static Verdict read(String fields, String text) {
        return read(schema(fields), Format.JSON, text.replace('\'', '"'));
    }

    private static Verdict read(Schema schema, Format format, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var strict = Verdict.of(new RecordParser(schema, format), bytes);
        var slots = new Slots(schema.fields().size());
        if (SlotReader.of(schema, format).read(bytes, slots)) {
            assertThat(Verdict.of(slots, schema)).as(text).isEqualTo(strict);
        }
        return strict;
    }

    @Nested
    class AName {
        @Test
        void mayBeAny() {
            var fields =
                    "a STRING FROM 'log.level', b STRING FROM '@timestamp', c INT FROM 'status', d INT FROM '__op',"
                            + " e INT FROM 'it''s', f INT FROM '$.[\"x.y\"]'";
            assertThat(schema("f INT FROM '$[\"x.y\"]'").fields().get(0).sourceName())
                    .contains("x.y");
            assertThat(read(
                                    fields.replace("$.[", "$["),
                                    "{'log.level':'warn','@timestamp':'t','status':200,'__op':1,'x.y':3}")
                            .values())
                    .containsExactly("warn", "t", 200, 1, null, 3);
            assertThat(read(schema("e INT FROM 'it''s'"), Format.JSON, "{\"it's\":5}")
                            .values())
                    .containsExactly(5);
        }

        @Test
        void differsByCase() {
            assertThat(read("e STRING, event_time BIGINT FROM 'E'", "{'e':'trade','E':7}")
                            .values())
                    .containsExactly("trade", 7L);
        }
    }

    @Nested
    class APath {
        private static final String FIELDS =
                "uid STRING FROM '$.user.id', sku STRING FROM '$.items[1].sku', n INT FROM '$.user.n' NOT NULL";

        @Test
        void reachesMembersAndElements() {
            assertThat(read(FIELDS, "{'user':{'x':{},'n':4,'id':'u1'},'items':[{'sku':'a'},{'q':1,'sku':'b'},3]}")
                            .values())
                    .containsExactly("u1", "b", 4);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'user':{'n':1}}",
                    "{'user':{'n':1,'id':null},'items':null}",
                    "{'items':[],'user':{'n':1}}",
                    "{'items':[{'sku':'a'}],'user':{'n':1}}",
                    "{'items':[7,null],'user':{'n':1}}"
                })
        void hasNoValueWhereThePlaceIsNotThere(String text) {
            assertThat(read(FIELDS, text).values()).containsExactly(null, null, 1);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "{'user':'u1'}                      | '$.user' is text, not an object",
                    "{'user':[]}                        | '$.user' is a list, not an object",
                    "{'user':{'n':1},'items':{}}        | '$.items' is an object, not a list",
                    "{'user':{'n':1},'items':[0,1]}     | '$.items[1]' is a number, not an object",
                    "{'user':{'n':1},'user':{'n':1}}    | the field '$.user' stands twice",
                    "{'user':{'n':1,'n':1}}             | the field 'n' stands twice",
                    "{'user':{'n':'x'}}                 | the field 'n' is 'x', which is no INT",
                    "{'user':{}}                        | the field 'n' has no value",
                    "{}                                 | the field 'n' has no value"
                })
        void isRefusedWhereTheRecordIsOtherwise(String text, String told) {
            assertThat(read(FIELDS, text).refusal()).isEqualTo(told);
        }
    }

    @Nested
    class ALenientText {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "'C1'                | C1",
                    "536365              | 536365",
                    "-1.50e+3            | -1.50e+3",
                    "true                | true",
                    "{ 'a' : [1, {}] }   | { 'a' : [1, {}] }",
                    "[1,'x']             | [1,'x']"
                })
        void isTheValueAsItIsWritten(String json, String text) {
            assertThat(read("v STRING LENIENT", "{'v': %s , 'w':1}".formatted(json))
                            .values())
                    .containsExactly(text.replace('\'', '"'));
        }

        @Test
        void mayBeReadIntoAsWell() {
            var fields =
                    "payload STRING LENIENT, id INT FROM '$.payload.id', tags ARRAY<STRING> LENIENT, tag STRING LENIENT"
                            + " FROM '$.tags[0]'";
            assertThat(read(fields, "{'payload':{'id':7},'tags':[1,'b\\n']}").values())
                    .containsExactly("{\"id\":7}", 7, List.of("1", "b\n"), "1");
            assertThat(read(fields, "{'payload':'text'}").refusal()).isEqualTo("'$.payload' is text, not an object");
        }

        @Test
        void holdsNoMoreThanAnyOther() {
            var long1 = "{'v':[" + "1,".repeat(1 << 19) + "1]}";
            assertThat(read("v STRING LENIENT", long1).refusal())
                    .isEqualTo("the field 'v' is longer than 1048576 letters");
        }
    }

    @Nested
    class AnEpoch {
        @ParameterizedTest
        @CsvSource({
            "SECONDS, 1767607200,         2026-01-05T10:00:00Z",
            "SECONDS, 1767607200.25,      2026-01-05T10:00:00.250Z",
            "SECONDS, 1.7676072e9,        2026-01-05T10:00:00Z",
            "SECONDS, -1,                 1969-12-31T23:59:59Z",
            "MILLIS,  1767607200001,      2026-01-05T10:00:00.001Z",
            "MILLIS,  0,                  1970-01-01T00:00:00Z",
            "MICROS,  1767607200000001,   2026-01-05T10:00:00.000001Z",
            "MICROS,  -62135596800000000, 0001-01-01T00:00:00Z",
            "MILLIS,  253402300799999,    9999-12-31T23:59:59.999Z"
        })
        void isATime(String unit, String number, Instant time) {
            var micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
            var schema = schema("v TIMESTAMP EPOCH " + unit);
            assertThat(read(schema, Format.JSON, "{\"v\":" + number + "}").values())
                    .containsExactly(micros);
            assertThat(read(schema, Format.JSON, "{\"v\":\"" + number + "\"}").values())
                    .containsExactly(micros);
            assertThat(read(schema, Format.CSV, number).values()).containsExactly(micros);
        }

        @ParameterizedTest
        @CsvSource({
            "SECONDS, 253402300800",
            "SECONDS, -62135596801",
            "SECONDS, 0.0000001",
            "MICROS, 0.5",
            "MILLIS, 9223372036854775807",
            "MILLIS, 2026-01-05T10:00:00Z"
        })
        void isMalformedWhereItIsNoSuchTime(String unit, String number) {
            assertThat(read(schema("v TIMESTAMP EPOCH " + unit), Format.CSV, number)
                            .refusal())
                    .startsWith("the field 'v' is '%s', which is no TIMESTAMP: a number of".formatted(number));
        }
    }

    /** The strict parser is the oracle; names and values are such that most of what the schema names is met. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theFastReaderNeverDiffersOnNestedRecords(long seed) {
        var schema = schema(
                "uid STRING LENIENT FROM '$.user.id', user_json STRING LENIENT FROM 'user', level STRING FROM 'log.level',"
                        + " sku STRING FROM '$.items[0].id', n BIGINT FROM '$.items[2].n', tags ARRAY<STRING> LENIENT FROM '$.user.tags',"
                        + " first_tag STRING LENIENT FROM '$.user.tags[0]', ts TIMESTAMP EPOCH MILLIS FROM 'n',"
                        + " deep DOUBLE FROM '$.a.a.n', times ARRAY<TIMESTAMP> EPOCH SECONDS FROM 'times'");
        var random = new SplittableRandom(seed);
        var strict = new RecordParser(schema, Format.JSON);
        var fast = SlotReader.of(schema, Format.JSON);
        var slots = new Slots(schema.fields().size());
        int accepted = 0;
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            var bytes = damaged(object(random, 4), random);
            var verdict = Verdict.of(strict, bytes);
            refused += verdict.refusal().isEmpty() ? 0 : 1;
            if (fast.read(bytes, slots)) {
                accepted++;
                assertThat(Verdict.of(slots, schema))
                        .as(() -> new String(bytes, StandardCharsets.UTF_8))
                        .isEqualTo(verdict);
            }
        }
        assertThat(accepted).isGreaterThan(2_000);
        assertThat(refused).isGreaterThan(2_000);
    }

    private static byte[] damaged(String text, SplittableRandom random) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int kind = random.nextInt(8);
        if (kind == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        } else if (kind == 1) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        return bytes;
    }

    private static String object(SplittableRandom random, int depth) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(index -> {
                    var name = List.of("user", "items", "id", "n", "tags", "log.level", "a", "times", "é")
                            .get(random.nextInt(9));
                    return "\"%s\":%s".formatted(name, value(name, random, depth - 1));
                })
                .collect(Collectors.joining(random.nextBoolean() ? "," : " ,\n", "{", "}"));
    }

    /** Mostly of the kind that the name stands for. */
    private static String value(String name, SplittableRandom random, int depth) {
        var kind = random.nextInt(6) == 0 ? "any" : name;
        return switch (kind) {
            case "user", "a" -> depth > 0 ? object(random, depth) : "null";
            case "items" -> list("object", random, depth);
            case "tags" -> list("any", random, depth);
            case "times" -> list("n", random, depth);
            case "object" -> depth > 0 ? object(random, depth) : "null";
            case "n" -> List.of("0", "1767607200000", "-1.5", "1e3", "null").get(random.nextInt(5));
            case "id", "log.level" ->
                List.of("\"x\"", "\"\\u00e9\\n\"", "\"\"", "null").get(random.nextInt(4));
            default ->
                List.of(
                                "12",
                                "-0.10",
                                "true",
                                "null",
                                "\"\\ud83d\\ude00\"",
                                "{}",
                                "[ 1 ]",
                                "{\"id\":[{}]}",
                                "\"汉\"",
                                "1e")
                        .get(random.nextInt(10));
        };
    }

    private static String list(String kind, SplittableRandom random, int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(index -> value(kind, random, depth - 1))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
