package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RecordParser} is the oracle: the fast reader may give up, but never differ. */
class SlotReaderTest {
    private static final int ROUNDS = 3_000;
    private static final List<String> SCALARS = List.of(
            "STRING",
            "INT",
            "BIGINT",
            "DOUBLE",
            "DECIMAL(12,2)",
            "DECIMAL(18,0)",
            "DECIMAL(38,4)",
            "DECIMAL(3,3)",
            "BOOLEAN",
            "DATE",
            "TIMESTAMP");

    /** A field's type and the format of the records that hold it. */
    record Case(String type, Format format) {
        Schema schema() {
            return new Schema(List.of(
                    new Schema.Field("v", FieldType.named(type).orElseThrow(), false),
                    new Schema.Field("größe", FieldType.named(type).orElseThrow(), true),
                    new Schema.Field("tail", FieldType.TEXT, false)));
        }

        @Override
        public String toString() {
            return "%s as %s by '%c'%s%s"
                    .formatted(
                            type,
                            format.kind(),
                            format.delimiter(),
                            format.zone().map(zone -> " in " + zone).orElse(""),
                            format.timestamp()
                                    .map(pattern -> " like " + pattern)
                                    .orElse(""));
        }
    }

    static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (var type : SCALARS) {
            cases.add(new Case(type, Format.JSON));
            cases.add(new Case("ARRAY<%s>".formatted(type), Format.JSON));
            cases.add(new Case(type, Format.CSV));
        }
        for (var zone : List.of("UTC", "Asia/Kolkata", "Europe/Berlin", "+05:30")) {
            cases.add(new Case("TIMESTAMP", format(Format.Kind.JSON, ',', zone, null)));
            cases.add(new Case("TIMESTAMP", format(Format.Kind.CSV, ',', zone, null)));
        }
        cases.add(new Case("TIMESTAMP", format(Format.Kind.JSON, ',', "UTC", "yyyyMMddHH")));
        cases.add(new Case("TIMESTAMP", format(Format.Kind.CSV, ',', "Europe/Berlin", "M/d/yyyy H:mm")));
        cases.add(new Case("STRING", format(Format.Kind.CSV, ';', null, null)));
        cases.add(new Case("DOUBLE", format(Format.Kind.CSV, '\t', null, null)));
        cases.add(new Case("INT", format(Format.Kind.CSV, '1', null, null)));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesUpOnLessThanOneCleanRecordInAHundred(Case it) {
        long seed = 1;
        var run = new Run(it.schema(), it.format());
        var any = new AnyRecord(it.schema(), it.format(), new SplittableRandom(seed));
        for (int round = 0; round < ROUNDS; round++) {
            run.read(any.clean());
        }
        assertThat(run.accepted).as("accepted, seed %d", seed).isGreaterThanOrEqualTo(ROUNDS * 99 / 100);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheStrictParserOnWhatItAcceptsOfHostileRecords(Case it) {
        long seed = 2;
        var run = new Run(it.schema(), it.format());
        var any = new AnyRecord(it.schema(), it.format(), new SplittableRandom(seed));
        for (int round = 0; round < ROUNDS; round++) {
            run.read(any.hostile());
        }
        assertThat(run.accepted).as("accepted, seed %d", seed).isGreaterThan(ROUNDS / 20);
        assertThat(run.refused).as("malformed, seed %d", seed).isGreaterThan(ROUNDS / 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5})
    void agreesWithTheStrictParserOnRecordsOfAllTypes(long seed) {
        var fields = new ArrayList<Schema.Field>();
        for (var type : SCALARS) {
            fields.add(
                    new Schema.Field("f" + fields.size(), FieldType.named(type).orElseThrow(), fields.size() == 3));
        }
        for (var format : List.of(Format.JSON, Format.CSV)) {
            var run = new Run(new Schema(fields), format);
            var any = new AnyRecord(new Schema(fields), format, new SplittableRandom(seed));
            for (int round = 0; round < ROUNDS; round++) {
                run.read(any.hostile());
            }
            assertThat(run.accepted).isPositive();
        }
    }

    /** Reads records with both readers, each the same one all the time. */
    private static final class Run {
        private final Schema schema;
        private final RecordParser parser;
        private final SlotReader reader;
        private final Slots slots;
        private int accepted;
        private int refused;

        Run(Schema schema, Format format) {
            this.schema = schema;
            parser = new RecordParser(schema, format);
            reader = SlotReader.of(schema, format);
            slots = new Slots(schema.fields().size());
        }

        void read(byte[] record) {
            var strict = Verdict.of(parser, record);
            refused += strict.refusal().isEmpty() ? 0 : 1;
            if (reader.read(record, slots)) {
                accepted++;
                assertThat(Verdict.of(slots, schema))
                        .as(() -> "%s = %s"
                                .formatted(
                                        HexFormat.of().formatHex(record), new String(record, StandardCharsets.UTF_8)))
                        .isEqualTo(strict);
            }
        }
    }

    @Nested
    class AJsonRecord {
        private final Schema schema = schema("id STRING", "n INT", "tags ARRAY<STRING>", "lists ARRAY<ARRAY<INT>>");
        private final Run run = new Run(schema, Format.JSON);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    " { } \n",
                    "{'id':'\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20ac\\ud83d\\ude00'}",
                    "{'id':'\u007f','n':'+007'}",
                    "{'tags':[],'n':-0}",
                    "{'tags':['a',null,'\\n'],'id':'\\t','lists':null}",
                    "{'z':1,'z':[[],{}],'n':1}",
                    "{'id':'0123456','tags':['01234567','012345678','0123456\\n8','01234567é']}"
                })
        void isAcceptedWithEscapesBlanksAndUnknownFields(String text) {
            run.read(json(text));
            assertThat(run.accepted).isOne();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "\uFEFF{}",
                    "{}}",
                    "{'n':1,'n':1}",
                    "{'n':null,'n':1}",
                    "{'n':1,}",
                    "{,'n':1}",
                    "{'n':01}",
                    "{'n':1.0}",
                    "{'n':1x}",
                    "{'n':nullx}",
                    "{'\\u006e':1}",
                    "{'z':{'\\ude00':1}}",
                    "{'n':'\\u0031'}",
                    "{'id':'\\u0000'}",
                    "{'id':'\\ud83d'}",
                    "{'id':'\\ud83dx'}",
                    "{'id':'\\ude00\\ud83d'}",
                    "{'id':'\t'}",
                    "{'tags':['a',]}",
                    "{'tags':[1]}",
                    "{'tags':['a'}",
                    "{'lists':[]}",
                    "{'z':tru}",
                    "{'z':'\\u12g4'}",
                    "{'z':{'a':1,}}"
                })
        void isLeftToTheStrictParserWhereItIsUnusual(String text) {
            run.read(json(text));
            assertThat(run.accepted).isZero();
        }

        @Test
        void isReadAfterOneWithEscapesWithoutATraceOfIt() {
            run.read(json("{'id':'\\n\\n\\n','tags':['\\t','a']}"));
            run.read(json("{'tags':['b'],'id':'\\r'}"));
            run.read(json("{}"));
            assertThat(run.accepted).isEqualTo(3);
        }

        @Test
        void mayNestAsDeepAsTheStrictParserAllows() {
            for (int depth = 1; depth < 110; depth++) {
                run.read(json("{'z':" + "[".repeat(depth) + "]".repeat(depth) + "}"));
            }
            assertThat(run.accepted).isBetween(50, 99);
        }

        @Test
        void mayHoldATextAsLongAsTheStrictParserAllows() {
            run.read(json("{'id':'" + "x".repeat(1 << 20) + "'}"));
            run.read(json("{'id':'\\n" + "x".repeat(1 << 20) + "'}"));
            run.read(json("{'id':'" + "x".repeat((1 << 20) + 1) + "'}"));
            assertThat(run.accepted).isOne();
        }

        @Test
        void mayHoldNamesAsLongAsTheStrictParserAllows() {
            for (int length : List.of(900, 49_999, 50_000, 50_001, 100_000)) {
                run.read(json("{'" + "x".repeat(length) + "':1}"));
                run.read(json("{'z':{'" + "x".repeat(length) + "':1}}"));
            }
            assertThat(run.accepted).isGreaterThanOrEqualTo(2);
        }

        @Test
        void mayHoldNumbersAsLongAsTheStrictParserAllows() {
            for (int length : List.of(100, 999, 1_000, 1_001)) {
                run.read(json("{'z':" + "9".repeat(length) + "}"));
                run.read(json("{'z':0." + "9".repeat(length) + "}"));
            }
            assertThat(run.accepted).isPositive();
        }

        @Test
        void isNoneWhereAFieldsNameHasAStrangeByte() {
            var record = json("{'id':'a','n':1}");
            run.read(record);
            for (int at = 0; at < record.length; at++) {
                run.read(AnyRecord.with(record, at, new byte[] {(byte) 0xFF}));
            }
            assertThat(run.accepted).isOne();
        }
    }

    /** No YAML file would have them, but the reader promises it for each schema. */
    @Nested
    class AFieldWithAStrangeName {
        @ParameterizedTest
        @ValueSource(strings = {"\"", "a\\", "\n", "\ud83d", "n", "?", ""})
        void isNeverTakenForAnother(String name) {
            var schema = new Schema(List.of(
                    new Schema.Field(name, FieldType.LONG, false),
                    new Schema.Field("n", FieldType.LONG, false),
                    new Schema.Field(name, FieldType.LONG, false)));
            var run = new Run(schema, Format.JSON);
            for (var text : List.of("{'n':1}", "{'?':1}", "{'':1}", "{'" + name + "':1,'n':2}", "{'\\ud83d':1}")) {
                run.read(json(text));
                run.read(json(text));
            }
            for (var text : List.of("{\"\u00ff\":1}", "{\"\"\u00ff\":1}")) {
                run.read(text.getBytes(StandardCharsets.ISO_8859_1));
            }
            assertThat(run.accepted).isPositive();
        }
    }

    @Nested
    class ACsvRecord {
        @ParameterizedTest
        @ValueSource(strings = {"a,1,b", "\"\",\"\",", "\"a\"\"b\"\"\",\"1\",\"\"\"\"\r\n", "\"\n,\r\",-0,é\n"})
        void isAcceptedWithQuotes(String text) {
            assertThat(accepted(',', text)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"a,1", "a,1,b,", "a,1,b\"", "\"a\"x,1,b", "\"a,1,b", "a,1,b\n\n", "a\0,1,b", "a,\"1\"\"\",b"
                })
        void isLeftToTheStrictParserWhereItIsUnusual(String text) {
            assertThat(accepted(',', text)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(chars = {'"', '\n', '\r', 'é', '\ud83d'})
        void isLeftToTheStrictParserWhereItsDelimiterIsUnusual(char delimiter) {
            assertThat(accepted(delimiter, "a" + delimiter + "1" + delimiter + "b"))
                    .isFalse();
        }

        @Test
        void agreesOnRecordsPartedByNul() {
            assertThat(accepted('\0', "a\0" + "1\0b")).isTrue();
        }

        private static boolean accepted(char delimiter, String text) {
            var format = format(Format.Kind.CSV, delimiter, null, null);
            var run = new Run(schema("a STRING", "n INT", "b STRING"), format);
            run.read(text.getBytes(StandardCharsets.UTF_8));
            return run.accepted == 1;
        }
    }

    private static Format format(
            Format.Kind kind,
            char delimiter,
            @org.jspecify.annotations.Nullable String zone,
            @org.jspecify.annotations.Nullable String pattern) {
        return new Format(
                kind, true, delimiter, Optional.ofNullable(zone).map(ZoneId::of), Optional.ofNullable(pattern));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Schema schema(String... fields) {
        return new Schema(Stream.of(fields)
                .map(field -> field.split(" ", 2))
                .map(parts ->
                        new Schema.Field(parts[0], FieldType.named(parts[1]).orElseThrow(), false))
                .toList());
    }
}
