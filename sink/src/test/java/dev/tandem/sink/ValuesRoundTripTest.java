package dev.tandem.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into a lake and into CSV comes out as it was, read by another program. */
class ValuesRoundTripTest {
    record Sample(FieldType type, @Nullable Object value, String read) {}

    @TempDir
    private Path root;

    static List<Sample> samples() {
        var nines = "9".repeat(36);
        var list = new FieldType.ListOf(FieldType.TEXT);
        return List.of(
                new Sample(
                        FieldType.TEXT,
                        "Grüße, \"Welt\"\r\n\u2603 \uD83D\uDE00\u0000",
                        "Grüße, \"Welt\"\r\n\u2603 \uD83D\uDE00\u0000"),
                new Sample(FieldType.TEXT, "=1+1", "=1+1"),
                new Sample(FieldType.TEXT, " blank ", " blank "),
                new Sample(FieldType.TEXT, "", ""),
                new Sample(FieldType.TEXT, null, "null"),
                new Sample(FieldType.TEXT, "x".repeat(10_000), "x".repeat(10_000)),
                new Sample(new FieldType.Whole(32), (long) Integer.MIN_VALUE, "-2147483648"),
                new Sample(FieldType.LONG, Long.MIN_VALUE, "-9223372036854775808"),
                new Sample(FieldType.DOUBLE, 0.1, "0.1"),
                new Sample(FieldType.DOUBLE, Double.NEGATIVE_INFINITY, "-Infinity"),
                new Sample(new FieldType.Truth(), true, "true"),
                new Sample(new FieldType.Decimal(9, 2), new BigDecimal("-1234567.89"), "-1234567.89"),
                new Sample(new FieldType.Decimal(18, 4), new BigDecimal("12345678901234.5"), "12345678901234.5000"),
                new Sample(new FieldType.Decimal(38, 2), new BigDecimal(nines + ".99"), nines + ".99"),
                new Sample(new FieldType.Decimal(38, 2), new BigDecimal("-" + nines + ".99"), "-" + nines + ".99"),
                new Sample(new FieldType.Decimal(38, 38), new BigDecimal("1E-38"), "1E-38"),
                new Sample(new FieldType.Decimal(20, 0), new BigDecimal("1E+3"), "1000"),
                new Sample(new FieldType.Timestamp(), Instant.parse("0001-01-01T00:00:00Z"), "0001-01-01T00:00Z"),
                new Sample(
                        new FieldType.Timestamp(),
                        Instant.parse("9999-12-31T23:59:59.999999Z"),
                        "9999-12-31T23:59:59.999999Z"),
                new Sample(new FieldType.Date(), LocalDate.parse("0001-01-01"), "0001-01-01"),
                new Sample(new FieldType.Date(), LocalDate.parse("9999-12-31"), "9999-12-31"),
                new Sample(list, Arrays.asList("a", null, "b"), "[a, NULL, b]"),
                new Sample(list, List.of(), "[]"),
                new Sample(list, null, "null"),
                new Sample(
                        new FieldType.ListOf(new FieldType.ListOf(FieldType.LONG)),
                        List.of(List.of(1L, 2L), List.of()),
                        "[[1, 2], []]"));
    }

    private void write(Output output, FieldType type, @Nullable Object value) {
        var columns = List.of(new Shape.Column("n", FieldType.LONG), new Shape.Column("v", type));
        var content = new Content("values", Content.Kind.RECORDS, columns, 0);
        try (var sink = Sinks.open(output, content, Given.setting(root, Mode.STREAM, "run"))) {
            sink.write(
                    1,
                    List.of(new Tuple(Identity.of(List.of()), Arrays.asList(1L, value), Tuple.State.FINAL, 1, 1))
                            .iterator());
        }
    }

    private static Output.Lake lake() {
        return new Output.Lake(new Output.What.OfView("values"), "out", List.of(), Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void throughALake(Sample sample) {
        write(lake(), sample.type(), sample.value());
        assertThat(Duck.once("select v from " + Duck.lake(root.resolve("out")))).containsExactly(sample.read());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void throughCsv(Sample sample) {
        write(new Output.Csv(new Output.What.OfView("values"), "out", Optional.empty()), sample.type(), sample.value());
        var type = sample.type().sql().equals("TIMESTAMP")
                ? "TIMESTAMPTZ"
                : sample.type().sql();
        if (sample.type() instanceof FieldType.ListOf) {
            type = "JSON::" + (type.contains("BIGINT") ? "BIGINT[][]" : "VARCHAR[]");
        }
        assertThat(Duck.once(
                        "select v::%s from read_csv('%s/*.csv', header=true, all_varchar=true, allow_quoted_nulls=false)"
                                .formatted(type, root.resolve("out"))))
                .containsExactly(sample.read());
    }

    @Test
    void aValueThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> write(lake(), new FieldType.Decimal(5, 2), new BigDecimal("1000.00")))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot write 1000.00 into column 'v': it is no DECIMAL(5,2)");
        assertThatThrownBy(() -> write(lake(), new FieldType.Decimal(5, 2), new BigDecimal("1.005")))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot write 1.005 into column 'v': it is no DECIMAL(5,2)");
    }

    @Test
    void theTypesAreThoseThatOtherReadersExpect() {
        write(lake(), new FieldType.Timestamp(), Instant.EPOCH);
        assertThat(Duck.once(
                        "select type, logical_type, converted_type from parquet_schema('%s/out/*.parquet') where name = 'v'"
                                .formatted(root)))
                .singleElement()
                .asString()
                .startsWith("INT64|TimestampType(isAdjustedToUTC=1")
                .endsWith("TIMESTAMP_MICROS");
    }
}
