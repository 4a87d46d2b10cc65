package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Random texts of values of a type: what programs write, and what only a hostile one would. */
final class AnyValue {
    private static final List<String> LETTERS =
            List.of("a", "b", "7", " ", "/", "é", "€", "汉", "😀", "\u007f", "\\", "\"", "\n", "\t", ",", ";", "\u2028");
    private static final List<String> ODD = List.of(
            ("0|-0|+0|00|007|-007|+7|--7|7-|1_000|1,000|1.|.5|.|-|+|1e3|1E3|1e+3|1e-3|1e|e1|0e0|1e400|1e-400|-1e-400|1e22|1e23"
                            + "|4.9e-324|2.4e-324|1.7976931348623157e308|1.7976931348623159e308|9007199254740993|9007199254740992.5"
                            + "|0.1|-0.0|0.0000000000000000001|1.50|1.500|1.505|120e-2|12e999999999|NaN|Infinity|-Infinity|0x10|0x1p3|1d|1f|1L"
                            + "|2147483647|2147483648|-2147483648|-2147483649|9223372036854775807|9223372036854775808"
                            + "|-9223372036854775808|-9223372036854775809|999999999999999999|1000000000000000000|99999999999999999999"
                            + "|0000000000000000000000001|12345678901234567890123456789012345678|99.99|999999.995|٣|１| 1|1 |"
                            + "|true|false|TRUE|False|tRuE|truefalse|null|falſe|yes"
                            + "|2024-02-29|2023-02-29|1900-02-29|2000-02-29|0001-01-01|0000-01-01|9999-12-31|10000-01-01|+2024-01-01"
                            + "|2024-13-01|2024-00-01|2024-01-00|2024-04-31|2024-1-1|20240101|2024-01-01T"
                            + "|2024-01-01T00:00Z|2024-01-01T23:59:59Z|2024-01-01T24:00:00Z|2024-01-01T23:60:00Z|2024-06-30T23:59:60Z"
                            + "|2024-01-01T00:00:00.Z|2024-01-01T00:00:00.123456789Z|2024-01-01T00:00:00.123456000Z|2024-01-01T00:00:00.1234560Z|2024-01-01T00:00:00.12345600Z"
                            + "|2024-01-01T00:00:00.123456009Z|2024-01-01T00:00:00.12345601Z|2024-01-01T00:00:00.1234567891Z|2024-01-01t00:00:00z"
                            + "|2024-01-01T00:00:00+05:30|2024-01-01T00:00:00-00:00|2024-01-01T00:00:00+18:00|2024-01-01T00:00:00+18:01"
                            + "|2024-01-01T00:00:00+17:60|2024-01-01T00:00:00+0530|2024-01-01T00:00:00+05|2024-01-01T00:00:00+05:30:15"
                            + "|2024-01-01T00:00:00|2024-01-01 00:00:00|2024-01-01 00:00|2024-01-01 00:00:00Z|2024-01-01T00:00:00 Z"
                            + "|2024-03-31T02:30:00|2024-03-31 02:30:00|2024-10-27T02:30:00|2024-10-27 02:30:00.5|2024-01-01T00"
                            + "|0001-01-01T00:00:00+01:00|0000-12-31T23:59:59-01:00|9999-12-31T23:59:59-01:00|9999-12-31T23:59:59.999999999Z"
                            + "|1969-12-31T23:59:59.999999999Z|31.1.2026 10:00|1/31/2026 9:05|1767225600000")
                    .split("\\|", -1));

    private final Format format;
    private final SplittableRandom random;

    AnyValue(Format format, SplittableRandom random) {
        this.format = format;
        this.random = random;
    }

    /** A text that means nothing for most types. */
    String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    /** A text of {@code type}, which is no list, as an honest program would write it. */
    String clean(FieldType type) {
        return switch (type.sql().replaceAll("\\(.*", "")) {
            case "STRING" -> letters();
            case "INT" -> String.valueOf(random.nextInt() >> random.nextInt(32));
            case "BIGINT" -> String.valueOf(random.nextLong() >> random.nextInt(64));
            case "DOUBLE" -> number();
            case "DECIMAL" -> decimal((FieldType.Decimal) type);
            case "BOOLEAN" -> String.valueOf(random.nextBoolean());
            case "DATE" -> day().toString();
            case "TIMESTAMP" -> time();
            default -> throw new IllegalArgumentException(type.sql());
        };
    }

    private String letters() {
        var text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.toString();
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> String.valueOf(random.nextInt());
            case 1 ->
                BigDecimal.valueOf(random.nextLong(-1_000_000, 1_000_000), random.nextInt(6))
                        .toPlainString();
            case 2 -> String.valueOf(random.nextDouble());
            default -> finite();
        };
    }

    private String finite() {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? String.valueOf(value) : "0.5";
    }

    private String decimal(FieldType.Decimal type) {
        int digits = random.nextInt(Math.min(type.precision(), 18)) + 1;
        long limit = BigDecimal.TEN.pow(digits).longValueExact();
        return BigDecimal.valueOf(random.nextLong(-limit + 1, limit), type.scale())
                .toPlainString();
    }

    private LocalDate day() {
        return LocalDate.ofEpochDay(random.nextLong(-719_000, 2_932_000));
    }

    private String time() {
        var time = Instant.ofEpochSecond(
                        random.nextLong(-62_000_000_000L, 253_000_000_000L), random.nextInt(1_000) * 1_000_000L)
                .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-17, 18) * 3_600 + random.nextInt(2) * 1_800));
        if (format.timestamp().isPresent()) {
            return time.format(DateTimeFormatter.ofPattern(format.timestamp().get(), Locale.ENGLISH));
        }
        var local = time.toLocalDateTime().toString();
        if (format.zone().isEmpty()) {
            return random.nextBoolean() ? time.toString() : local + "Z";
        }
        return switch (random.nextInt(3)) {
            case 0 -> time.toString();
            case 1 -> local;
            default -> local.replace('T', ' ');
        };
    }
}
