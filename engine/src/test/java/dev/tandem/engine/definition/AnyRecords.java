package dev.tandem.engine.definition;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Pipeline;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Records of a pipeline's schema: usual values, values at the edge of their type, absent ones, and records with a byte changed. The
 * same ones for the same seed.
 */
final class AnyRecords {
    private static final List<String> TEXTS = List.of(
            "", " ", "a", " A ", "0", "12.5", "Ä€𝄞", "it's \"so\"", "a,b", "x".repeat(40), "2026-01-01", "%61?b=c");
    private static final List<String> INTS = List.of("0", "1", "-1", "7", "100", "2147483647", "-2147483648");
    private static final List<String> LONGS = List.of("0", "3", "-9", "9223372036854775807", "-9223372036854775808");
    private static final List<String> DOUBLES = List.of("0.0", "-0.0", "1.5", "-2.25", "1e300", "1e-300");
    private static final List<String> TIMES = List.of(
            "2026-01-01T00:05:00Z",
            "2026-01-01T00:59:59.999999Z",
            "2024-02-29T12:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "2025-03-30T01:30:00+01:00",
            "2199-01-01T00:00:00Z");
    private static final List<String> DATES = List.of("2026-01-01", "1969-12-31", "2024-02-29");

    private final Pipeline pipeline;
    private final Map<String, List<String>> usual;
    private final SplittableRandom random;

    /** {@code usual} are values that the pipeline's rules accept, by the names of their fields. */
    AnyRecords(Pipeline pipeline, Map<String, List<String>> usual, long seed) {
        this.pipeline = pipeline;
        this.usual = usual;
        this.random = new SplittableRandom(seed);
    }

    List<byte[]> records(int count) {
        var records = new ArrayList<byte[]>();
        for (int number = 0; number < count; number++) {
            var record = record().getBytes(StandardCharsets.UTF_8);
            records.add(random.nextInt(20) == 0 ? changed(record) : record);
        }
        return records;
    }

    /** {@code record} with one byte of it changed. */
    byte[] changed(byte[] record) {
        var copy = record.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private String record() {
        var cells = new ArrayList<String>();
        boolean json = pipeline.source().format().kind() == Format.Kind.JSON;
        for (var field : pipeline.schema().fields()) {
            var value = value(field.name(), field.type());
            if (json) {
                value.ifPresent(it -> cells.add("\"%s\":%s".formatted(field.name(), json(it, field.type()))));
            } else {
                cells.add(value.map(AnyRecords::cell).orElse(""));
            }
        }
        return json ? "{" + String.join(",", cells) + "}" : String.join(",", cells);
    }

    private Optional<String> value(String name, FieldType type) {
        var values = usual.get(name);
        if (values != null && random.nextInt(8) > 0) {
            return Optional.of(any(values));
        }
        return random.nextInt(8) == 0 ? Optional.empty() : Optional.of(edge(type));
    }

    private String edge(FieldType type) {
        if (type instanceof FieldType.Whole whole) {
            return any(whole.bits() == 32 ? INTS : LONGS);
        }
        if (type instanceof FieldType.Floating) {
            return any(DOUBLES);
        }
        if (type instanceof FieldType.Decimal decimal) {
            return decimal(decimal);
        }
        if (type instanceof FieldType.Truth) {
            return String.valueOf(random.nextBoolean());
        }
        if (type instanceof FieldType.Timestamp) {
            return any(TIMES);
        }
        if (type instanceof FieldType.Date) {
            return any(DATES);
        }
        if (type instanceof FieldType.ListOf list) {
            var elements = new ArrayList<String>();
            for (int left = random.nextInt(5); left > 0; left--) {
                elements.add(random.nextInt(6) == 0 ? "null" : json(edge(list.element()), list.element()));
            }
            return "[" + String.join(",", elements) + "]";
        }
        return any(TEXTS);
    }

    private String decimal(FieldType.Decimal type) {
        var most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        var unscaled = switch (random.nextInt(6)) {
            case 0 -> most;
            case 1 -> most.negate();
            case 2 -> BigInteger.ZERO;
            case 3 -> BigInteger.ONE;
            default -> BigInteger.valueOf(random.nextLong(1_000_000_000)).mod(most);
        };
        return new BigDecimal(unscaled, type.scale()).toPlainString();
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String json(String value, FieldType type) {
        boolean quoted =
                type instanceof FieldType.Text || type instanceof FieldType.Timestamp || type instanceof FieldType.Date;
        return quoted ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : value;
    }

    private static String cell(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
