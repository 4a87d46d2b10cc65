package dev.tandem.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.expression.Types;
import dev.tandem.engine.expression.Values;
import dev.tandem.fold.Landed;
import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedRowsTest {
    private static final Schema SCHEMA = schema(
            "id STRING",
            "n INT",
            "big BIGINT",
            "price DECIMAL(6,2)",
            "wide DECIMAL(38,4)",
            "x DOUBLE",
            "ok BOOLEAN",
            "at TIMESTAMP",
            "day DATE",
            "tags ARRAY<STRING>",
            "counts ARRAY<INT>",
            "prices ARRAY<DECIMAL(4,1)>");
    private static final String RECORD = """
            {"id":"ä\\n😀","n":-7,"big":9000000000,"price":1.5,"wide":"0.25","x":-0.0,"ok":true,\
            "at":"2026-01-31T23:59:59.5+05:30","day":"2024-02-29","tags":["a",null,"\\u00e9"],"counts":[1,2],"prices":[1.5,null]%s}""";
    /** An escaped name is left to the strict parser, whose rows are of another kind. */
    private static final String STRICTLY = ",\"\\u007a\":1";

    private final ParsedRows parsing = new ParsedRows(SCHEMA, Format.JSON);

    @Nested
    class ARowOfARecord {
        @ParameterizedTest
        @ValueSource(strings = {"", STRICTLY})
        void hasTheValuesWhicheverParserReadIt(String more) {
            assertThat(values(row(RECORD.formatted(more))))
                    .containsExactly(
                            "ä\n😀",
                            -7L,
                            9_000_000_000L,
                            new BigDecimal("1.50"),
                            new BigDecimal("0.2500"),
                            0.0,
                            true,
                            Instant.parse("2026-01-31T18:29:59.5Z"),
                            LocalDate.of(2024, 2, 29),
                            Arrays.asList("a", null, "é"),
                            List.of(1L, 2L),
                            Arrays.asList(new BigDecimal("1.5"), null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", STRICTLY})
        void saysWhereTheRecordComesFrom(String more) {
            var text = RECORD.formatted(more);
            var row = row(text);
            assertThat(List.of(row.getInt(0), row.getLong(1), row.getLong(2), row.getLong(4), row.getInt(5)))
                    .containsExactly(3, 4L, 5L, 6L, Landed.As.DUPLICATE.code());
            assertThat(row.getBinary(3)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(row.isNullAt(6) && row.isNullAt(7)).isTrue();
        }

        @Test
        void givesTheSameObjectsWhicheverParserReadIt() {
            var fast = objects(row(RECORD.formatted("")).copy());
            assertThat(fast).isEqualTo(objects(row(RECORD.formatted(STRICTLY))));
        }

        @Test
        void staysAsItIsOnceItIsCopied() {
            var copy = row(RECORD.formatted("")).copy();
            var before = values(copy);
            assertThat(values(row("{\"tags\":[\"\\n\"]}"))).contains(List.of("\n"));
            assertThat(values(copy)).isEqualTo(before);
        }

        @Test
        void hasNothingOfTheRecordBefore() {
            values(row(RECORD.formatted("")));
            assertThat(values(row("{}"))).containsOnlyNulls();
        }
    }

    @Test
    void aMalformedRecordHasNoValuesAndAReason() {
        values(row(RECORD.formatted("")));
        var row = row("{\"n\":true}");
        assertThat(values(row)).containsOnlyNulls();
        assertThat(row.getUTF8String(6)).hasToString("malformed");
        assertThat(row.getUTF8String(7)).hasToString("the field 'n' is true or false, not INT");
    }

    @Test
    void aFailedRecordKeepsWhereItComesFrom() {
        var failed = parsing.failed(row(RECORD.formatted("")), new ArithmeticException("too large\nmore"));
        assertThat(values(failed)).containsOnlyNulls();
        assertThat(List.of(failed.getInt(0), failed.getLong(1))).containsExactly(3, 4L);
        assertThat(failed.getUTF8String(7)).hasToString("too large");
    }

    private InternalRow row(String record) {
        return parsing.row(3, 4, 5, record.getBytes(StandardCharsets.UTF_8), 6, Landed.As.DUPLICATE);
    }

    private static List<@Nullable Object> values(InternalRow row) {
        var values = new ArrayList<@Nullable Object>();
        for (int index = 0; index < SCHEMA.fields().size(); index++) {
            var type = Types.ofField(SCHEMA.fields().get(index).type());
            values.add(Values.of(row, ParsedRows.FIRST_FIELD + index, type));
        }
        return values;
    }

    /** Spark's own objects, which interpreted expressions work on. */
    private static List<@Nullable Object> objects(InternalRow row) {
        var type = ParsedRows.type(SCHEMA);
        var objects = new ArrayList<@Nullable Object>();
        for (int index = 0; index < row.numFields(); index++) {
            objects.add(index == 3 ? null : row.get(index, type.apply(index).dataType()));
        }
        return objects;
    }

    private static Schema schema(String... fields) {
        return new Schema(Arrays.stream(fields)
                .map(field -> field.split(" ", 2))
                .map(parts ->
                        new Schema.Field(parts[0], FieldType.named(parts[1]).orElseThrow(), false))
                .toList());
    }
}
