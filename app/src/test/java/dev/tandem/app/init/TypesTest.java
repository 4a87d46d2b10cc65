package dev.tandem.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {
    private static Column cells(String name, @Nullable String... texts) {
        return new Column(
                List.of(name),
                Arrays.stream(texts)
                        .map(it -> it == null ? null : Cell.text(it))
                        .toArray(Cell[]::new));
    }

    private static String csv(String name, @Nullable String... texts) {
        return TypeFinder.findInCsv(cells(name, texts), "f")
                .sql(false)
                .replaceFirst("^f ", "")
                .replaceFirst(" FROM.*", "");
    }

    private static Column numbers(String name, String... texts) {
        return new Column(
                List.of(name),
                Arrays.stream(texts).map(it -> new Cell(Cell.Kind.NUMBER, it)).toArray(Cell[]::new));
    }

    private static String json(Column column) {
        return TypeFinder.find(column, "f").sql(false).replaceFirst("^f ", "").replaceFirst(" FROM.*", "");
    }

    @Nested
    class ACsvColumn {
        @Test
        void ofWholeNumbersIsBigint() {
            assertThat(csv("n", "1", "-20", "9223372036854775807")).isEqualTo("BIGINT");
            assertThat(csv("n", "1", "9223372036854775808")).isEqualTo("DECIMAL(22,0)");
        }

        @Test
        void ofNumbersWithAPointIsADecimalWithRoom() {
            assertThat(csv("price", "1.5", "12", "3.844E-5")).isEqualTo("DECIMAL(18,8)");
            assertThat(csv("price", "1.5", "12")).isEqualTo("DECIMAL(18,2)");
            assertThat(csv("price", "12345678901234567.25", "1")).isEqualTo("DECIMAL(22,2)");
            assertThat(csv("ratio", "0.12345678901234", "1")).isEqualTo("DOUBLE");
        }

        @Test
        void ofNumbersThatAreNamesIsText() {
            assertThat(csv("zip", "01234", "99999")).isEqualTo("STRING");
            assertThat(csv("part", "007", "012")).isEqualTo("STRING");
            assertThat(csv("CustomerID", "17850.0", "13047.0")).isEqualTo("STRING");
            assertThat(csv("paid", "10.50", "2.00")).isEqualTo("DECIMAL(18,2)");
        }

        @Test
        void withOneBadValueInAHundredKeepsItsType() {
            var texts = new String[200];
            Arrays.fill(texts, "5");
            texts[0] = "n/a";
            assertThat(csv("n", texts)).isEqualTo("BIGINT");
            Arrays.fill(texts, 0, 4, "n/a");
            assertThat(csv("n", texts)).isEqualTo("STRING");
        }

        @Test
        void ofTruthsDaysAndNothing() {
            assertThat(csv("new", "True", "false", null)).isEqualTo("BOOLEAN");
            assertThat(csv("day", "2026-01-31", "2026-02-01")).isEqualTo("DATE");
            assertThat(csv("empty", null, null)).isEqualTo("STRING");
        }
    }

    @Nested
    class Times {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "2026-01-31T23:59:59Z|''|false",
                    "2026-01-31T23:59:59.123+05:30|''|false",
                    "2026-01-31 23:59:59|''|true",
                    "2026-01-31T23:59|''|true",
                    "Mon Nov 07 14:54:57 +0000 2022|EEE MMM d HH:mm:ss Z yyyy|false",
                    "12/31/2026 8:05|M/d/yyyy H:mm|true",
                    "31/12/2026 8:05|d/M/yyyy H:mm|true",
                    "2026-01-31 23:59:59+00:00|yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]XXX|false",
                })
        void areRecognised(String text, String pattern, boolean zoneNeeded) {
            var style = TimeStyle.of(cells("at", text, text)).orElseThrow();
            assertThat(style.pattern().orElse("")).isEqualTo(pattern);
            assertThat(style.zoneNeeded()).isEqualTo(zoneNeeded);
        }

        @Test
        void areAmbiguousWhereEachDayCouldBeAMonth() {
            var both = cells("at", "1/2/2026 8:05", "3/4/2026 9:00");
            assertThat(TimeStyle.ambiguous(both, TimeStyle.of(both).orElseThrow()))
                    .contains("d/M/yyyy H:mm");
            var monthFirst = cells("at", "1/2/2026 8:05", "3/14/2026 9:00");
            assertThat(TimeStyle.ambiguous(monthFirst, TimeStyle.of(monthFirst).orElseThrow()))
                    .isEmpty();
        }

        @Test
        void mayBeNumbersWhoseNameSaysSo() {
            assertThat(json(numbers("ts", "1767225600", "1767225601"))).isEqualTo("TIMESTAMP EPOCH SECONDS");
            assertThat(json(numbers("created_at", "1767225600123"))).isEqualTo("TIMESTAMP EPOCH MILLIS");
            assertThat(json(numbers("eventTime", "1767225600123456"))).isEqualTo("TIMESTAMP EPOCH MICROS");
            assertThat(json(numbers("balance", "1767225600"))).isEqualTo("BIGINT");
        }
    }

    @Nested
    class AJsonColumn {
        @Test
        void ofNumbersAndTextsIsLenientText() {
            var mixed = new Column(List.of("invoice"), new Cell[] {new Cell(Cell.Kind.NUMBER, "17"), Cell.text("C17")});
            assertThat(json(mixed)).isEqualTo("STRING LENIENT");
        }

        @Test
        void ofListsHasTheTypeOfTheirElements() {
            var tags = new Column(
                    List.of("tags"),
                    new Cell[] {new Cell(Cell.Kind.LIST, "[\"a\",\"b\"]"), new Cell(Cell.Kind.LIST, "[]")});
            assertThat(json(tags)).isEqualTo("ARRAY<STRING>");
            var objects = new Column(List.of("items"), new Cell[] {new Cell(Cell.Kind.LIST, "[{\"sku\":1}]")});
            assertThat(json(objects)).isEqualTo("STRING LENIENT");
        }
    }

    @Test
    void namesBecomePlainAndDifferByMoreThanCase() {
        var names = new FieldNames();
        assertThat(names.of(List.of("@timestamp"))).isEqualTo("timestamp");
        assertThat(names.of(List.of("Timestamp"))).isEqualTo("Timestamp_2");
        assertThat(names.of(List.of("user", "id"))).isEqualTo("user_id");
        assertThat(names.of(List.of("2nd place"))).isEqualTo("my_2nd_place");
        assertThat(names.of(List.of("status"))).isEqualTo("my_status");
        assertThat(names.of(List.of("€"))).isEqualTo("field");
    }
}
