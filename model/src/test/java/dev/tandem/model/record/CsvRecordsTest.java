package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Instants;
import dev.tandem.model.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {
    private static final Schema SCHEMA = schema(
            "id STRING",
            "n INT",
            "big BIGINT",
            "price DECIMAL(6,2)",
            "x DOUBLE",
            "ok BOOLEAN",
            "at TIMESTAMP",
            "day DATE");
    private static final Schema TEXTS = schema("a STRING", "b STRING", "c STRING");

    private final RecordParser parser = new RecordParser(SCHEMA, Format.CSV);
    private final RecordParser texts = new RecordParser(TEXTS, Format.CSV);

    @Nested
    class ARecord {
        @Test
        void hasACellForEachField() throws MalformedRecordException {
            assertThat(parse(parser, "ä😀,-7,9000000000,1.5,1e3,true,2026-01-31T23:59:59.5Z,2024-02-29"))
                    .containsExactly(
                            "ä😀",
                            -7,
                            9_000_000_000L,
                            new BigDecimal("1.50"),
                            1000.0,
                            true,
                            micros("2026-01-31T23:59:59.5Z"),
                            LocalDate.of(2024, 2, 29));
        }

        @Test
        void hasNoValueInAnEmptyCell() throws MalformedRecordException {
            assertThat(parse(parser, ",,,,,,,")).hasSize(8).containsOnlyNulls();
        }

        @Test
        void mayEndInOneLineBreak() throws MalformedRecordException {
            for (var end : List.of("\n", "\r\n", "\r")) {
                assertThat(parse(texts, "a,b,\"c\"" + end)).containsExactly("a", "b", "c");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "a,b                | the record has 2 cells, the schema has 3 fields",
                    "``                 | the record has 1 cell, the schema has 3 fields",
                    "a,b,c,             | the record has 4 cells, the schema has 3 fields",
                    "a,b\"b,c           | a quote stands inside cell 2, which does not begin with one",
                    "a,\"b\"b,c         | something follows the closing quote of cell 2",
                    "a,\"b\" ,c         | something follows the closing quote of cell 2",
                    "a,\"b,c            | the quote that begins cell 2 is not closed",
                    "a,b,\"             | the quote that begins cell 3 is not closed",
                    "a,b,\"c\"\"        | the quote that begins cell 3 is not closed"
                })
        void isRefusedByWhatIsWrong(String record, String message) {
            assertThat(message(texts, record)).isEqualTo(message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a,b\nb,c", "a,b,c\n\n", "a,b,c\r\nd,e,f", "a,b,c\rd", "\na,b,c"})
        void isNotTwoLines(String record) {
            assertThat(message(texts, record)).isEqualTo("a line break outside quotes ends the record before its end");
        }

        @Test
        void isUtf8() {
            var bytes = new byte[] {'a', ',', (byte) 0xC3, ',', 'c'};
            assertThat(catchThrowableOfType(MalformedRecordException.class, () -> texts.parse(bytes)))
                    .hasMessage("the record is not UTF-8 text");
        }

        @Test
        void mustHaveAValueWhereRequired() {
            var required = new Schema(List.of(new Schema.Field("id", FieldType.TEXT, true)));
            assertThat(message(new RecordParser(required, Format.CSV), "")).isEqualTo("the field 'id' has no value");
        }

        @Test
        void isReadAfterOneThatWasRefused() throws MalformedRecordException {
            assertThat(message(texts, "\"a")).contains("not closed");
            assertThat(parse(texts, "a,b,c")).containsExactly("a", "b", "c");
        }
    }

    @Nested
    class ACell {
        @Test
        void keepsEverythingBetweenQuotes() throws MalformedRecordException {
            assertThat(parse(texts, "\"a,\"\"b\"\"\",\"one\ntwo\rthree\r\n\",\"\"\"\""))
                    .containsExactly("a,\"b\"", "one\ntwo\rthree\r\n", "\"");
        }

        @Test
        void isTheEmptyTextWhereItIsQuoted() throws MalformedRecordException {
            assertThat(parse(texts, "\"\",,x")).containsExactly("", null, "x");
        }

        @Test
        void hasNoValueWhereANumberIsQuotedAndEmpty() throws MalformedRecordException {
            assertThat(parse(parser, "a,\"\",\"\",\"\",\"\",\"\",\"\",\"\"")).containsOnly("a", null);
        }

        @Test
        void keepsItsBlanks() throws MalformedRecordException {
            assertThat(parse(texts, " a ,\t,' '")).containsExactly(" a ", "\t", "' '");
        }

        @Test
        void isPartedByAnotherLetter() throws MalformedRecordException {
            var format = new Format(Format.Kind.CSV, false, '\t', Optional.empty(), Optional.empty());
            assertThat(parse(new RecordParser(TEXTS, format), "a,a\t\"b\tb\"\tc"))
                    .containsExactly("a,a", "b\tb", "c");
        }

        @ParameterizedTest
        @CsvSource({
            "n, 17850.0, 'is ''17850.0'', which is no INT'",
            "n, '1 ', 'is ''1 '', which is no INT'",
            "n, NaN, 'is ''NaN'', which is no INT'",
            "n, ٣, 'is ''٣'', which is no INT'",
            "n, 1e3, 'is ''1e3'', which is no INT'",
            "big, 9223372036854775808, 'is ''9223372036854775808'', which is no BIGINT'",
            "price, 0.001, 'is ''0.001'', which is no DECIMAL(6,2)'",
            "price, ., 'is ''.'', which is no DECIMAL(6,2)'",
            "price, 1e, 'is ''1e'', which is no DECIMAL(6,2)'",
            "x, Infinity, 'is ''Infinity'', which is no DOUBLE'",
            "x, 1d, 'is ''1d'', which is no DOUBLE'",
            "ok, yes, 'is ''yes'', which is no BOOLEAN: true or false'",
            "day, 31.1.2026, 'is ''31.1.2026'', which is no DATE'",
            "at, 2026-01-31 10:00:00, 'is ''2026-01-31 10:00:00'', which is no TIMESTAMP with a zone, as in 2026-01-31T23:59:59.5Z'"
        })
        void isRefusedWithItsNameAndValue(String field, String text, String told) {
            var cells = SCHEMA.fields().stream()
                    .map(it -> it.name().equals(field) ? text : "")
                    .collect(Collectors.joining(","));
            assertThat(message(parser, cells)).isEqualTo("the field '%s' %s", field, told);
        }

        @ParameterizedTest
        @ValueSource(strings = {"true", "True", "TRUE"})
        void isTrueInAnyCase(String text) throws MalformedRecordException {
            assertThat(parse(parser, ",,,,," + text + ",,")[5]).isEqualTo(true);
        }

        @Test
        void holdsNoTextOverOneMebibyte() {
            assertThat(message(texts, "x".repeat((1 << 20) + 1) + ",b,c"))
                    .isEqualTo("the field 'a' is longer than 1048576 letters");
        }

        @Test
        void holdsNoNul() {
            assertThat(message(texts, "a\0,b,c"))
                    .isEqualTo("the field 'a' holds a NUL or half a character, which cannot be stored");
        }
    }

    @Nested
    class AnyText {
        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void comesBackAsItWasQuoted(long seed) throws MalformedRecordException {
            var random = new SplittableRandom(seed);
            for (int round = 0; round < 500; round++) {
                var cells = List.of(anyText(random), anyText(random), anyText(random));
                var record = cells.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","));
                assertThat(parse(texts, record)).containsExactlyElementsOf(cells);
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void isReadOrRefusedUnquoted(long seed) {
            var random = new SplittableRandom(seed);
            for (int round = 0; round < 500; round++) {
                var record = (anyText(random) + anyText(random)).getBytes(StandardCharsets.UTF_8);
                var thrown = catchThrowableOfType(Throwable.class, () -> texts.parse(record));
                assertThat(thrown == null || thrown instanceof MalformedRecordException)
                        .isTrue();
            }
        }

        private static String anyText(SplittableRandom random) {
            var letters = "a,\"\n\r ;é😀'";
            var points = letters.codePoints().toArray();
            var text = new StringBuilder();
            for (int count = random.nextInt(8); count > 0; count--) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            return text.toString();
        }
    }

    @Nested
    class ATime {
        @ParameterizedTest
        @CsvSource({
            "2026-01-31T23:59:59.5Z, 2026-01-31T23:59:59.5Z",
            "2026-01-31T23:59:59+05:30, 2026-01-31T18:29:59Z",
            "2026-01-31 23:59:59, 2026-01-31T22:59:59Z",
            "2026-07-31 23:59:59.123456, 2026-07-31T21:59:59.123456Z",
            "2026-01-31T23:59:59.5, 2026-01-31T22:59:59.5Z",
            "2026-01-31 23:59, 2026-01-31T22:59:00Z",
            "2026-10-25 02:30:00, 2026-10-25T00:30:00Z"
        })
        void isReadInTheZoneOfItsFormat(String text, String instant) throws MalformedRecordException {
            assertThat(parse(timed("Europe/Berlin", null), text)).containsExactly(micros(instant));
        }

        @Test
        void isCutToTheMicrosecondWhereItsPatternHasMore() throws MalformedRecordException {
            assertThat(parse(timed("UTC", "uuuu-MM-dd HH:mm:ss.SSSSSSSSS"), "2026-01-31 12:00:00.123456789"))
                    .containsExactly(1_769_860_800_123_456L);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-03-29 02:30:00",
                    "2026-02-30 00:00:00",
                    "2026-01-31 24:00:00",
                    "2026-01-31 10:00:00Z",
                    "2026-01-31",
                    "31.1.2026 10:00",
                    "0000-01-01 00:00:00"
                })
        void isRefusedWhereThereIsNoSuchTime(String text) {
            assertThat(message(timed("Europe/Berlin", null), text))
                    .isEqualTo(
                            "the field 'at' is '%s', which is no TIMESTAMP with a zone, as in 2026-01-31T23:59:59.5Z, nor a time of Europe/Berlin, as in 2026-01-31 23:59:59.5",
                            text);
        }

        @ParameterizedTest
        @CsvSource({
            "M/d/yyyy H:mm, 12/1/2010 8:26, 2010-12-01T08:26:00Z",
            "yyyy-MM-dd, 2010-12-01, 2010-12-01T00:00:00Z",
            "dd-MMM-yy hh:mm:ss a, 01-Dec-10 08:26:00 pm, 2010-12-01T20:26:00Z",
            "yyyy-MM-dd HH:mm:ss.SSS, 2010-12-01 08:26:00.250, 2010-12-01T08:26:00.25Z",
            "yyyy-MM-dd HH:mm:ssXXX, 2010-12-01 08:26:00+02:00, 2010-12-01T06:26:00Z"
        })
        void isReadByItsPattern(String pattern, String text, String instant) throws MalformedRecordException {
            assertThat(parse(timed("UTC", pattern), text)).containsExactly(micros(instant));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"2/30/2010 8:26", "13/1/2010 8:26", "12/1/2010 24:00", "2010-12-01T08:26:00Z", "12/1/2010"})
        void isRefusedWhereItDoesNotFollowItsPattern(String text) {
            assertThat(message(timed("UTC", "M/d/yyyy H:mm"), text))
                    .isEqualTo("the field 'at' is '%s', which is no TIMESTAMP written as M/d/yyyy H:mm", text);
        }

        @Test
        void hasAZoneInJsonToo() throws MalformedRecordException {
            var format =
                    new Format(Format.Kind.JSON, false, ',', Optional.of(ZoneId.of("Asia/Kolkata")), Optional.empty());
            assertThat(parse(new RecordParser(schema("at TIMESTAMP"), format), "{\"at\":\"2026-01-31 23:59:59\"}"))
                    .containsExactly(micros("2026-01-31T18:29:59Z"));
        }

        private static RecordParser timed(String zone, @Nullable String pattern) {
            var format =
                    new Format(Format.Kind.CSV, true, ',', Optional.of(ZoneId.of(zone)), Optional.ofNullable(pattern));
            return new RecordParser(schema("at TIMESTAMP"), format);
        }
    }

    private static @Nullable Object[] parse(RecordParser parser, String record) throws MalformedRecordException {
        return parser.parse(record.getBytes(StandardCharsets.UTF_8));
    }

    private static String message(RecordParser parser, String record) {
        var thrown = catchThrowableOfType(MalformedRecordException.class, () -> parse(parser, record));
        return Objects.requireNonNull(thrown.getMessage());
    }

    private static Schema schema(String... fields) {
        return new Schema(new ArrayList<>(Arrays.stream(fields)
                .map(field -> field.split(" ", 2))
                .map(parts ->
                        new Schema.Field(parts[0], FieldType.named(parts[1]).orElseThrow(), false))
                .toList()));
    }

    private static long micros(String instant) {
        return Instants.micros(Instant.parse(instant));
    }
}
