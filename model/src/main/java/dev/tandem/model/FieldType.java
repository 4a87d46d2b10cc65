package dev.tandem.model;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The types a field, key or measure can have: few, so that every database, Parquet and Spark agree on each. Money is a decimal;
 * a timestamp is an instant with microseconds.
 */
public sealed interface FieldType extends TypeQuestions, Serializable {
    record Text() implements FieldType {
        @Override
        public String sql() {
            return "STRING";
        }

        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    /** A whole number; {@code bits} is 32 or 64. */
    record Whole(int bits) implements FieldType {
        @Override
        public String sql() {
            return bits == 32 ? "INT" : "BIGINT";
        }

        @Override
        public Kind kind() {
            return Kind.WHOLE;
        }
    }

    record Floating() implements FieldType {
        @Override
        public String sql() {
            return "DOUBLE";
        }

        @Override
        public Kind kind() {
            return Kind.FLOATING;
        }
    }

    record Decimal(int precision, int scale) implements FieldType {
        public Decimal {
            if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "Cannot hold DECIMAL(%d,%d): precision goes from 1 to 38, scale from 0 to precision"
                                .formatted(precision, scale));
            }
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + "," + scale + ")";
        }

        @Override
        public Kind kind() {
            return Kind.DECIMAL;
        }
    }

    record Truth() implements FieldType {
        @Override
        public String sql() {
            return "BOOLEAN";
        }

        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }
    }

    record Timestamp() implements FieldType {
        @Override
        public String sql() {
            return "TIMESTAMP";
        }

        @Override
        public Kind kind() {
            return Kind.TIMESTAMP;
        }
    }

    record Date() implements FieldType {
        @Override
        public String sql() {
            return "DATE";
        }

        @Override
        public Kind kind() {
            return Kind.DATE;
        }
    }

    record ListOf(FieldType element) implements FieldType {
        @Override
        public String sql() {
            return "ARRAY<" + element.sql() + ">";
        }

        @Override
        public Kind kind() {
            return Kind.LIST;
        }
    }

    FieldType TEXT = new Text();
    FieldType LONG = new Whole(64);
    FieldType DOUBLE = new Floating();

    Pattern DECIMAL = Pattern.compile("DECIMAL\\s*\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");
    Pattern ARRAY = Pattern.compile("ARRAY\\s*<(.+)>", Pattern.DOTALL);

    /** The name both Spark SQL and a definition's {@code schema} use. */
    String sql();

    /** For a {@code switch} that the compiler checks: one constant for each permitted type. */
    enum Kind {
        TEXT,
        WHOLE,
        FLOATING,
        DECIMAL,
        TRUTH,
        TIMESTAMP,
        DATE,
        LIST
    }

    /** Reads a type as a definition writes it; empty if there is no such type. */
    static Optional<FieldType> named(String text) {
        var upper = text.strip().toUpperCase(Locale.ROOT);
        var array = ARRAY.matcher(upper);
        if (array.matches()) {
            return named(array.group(1)).map(ListOf::new);
        }
        var decimal = DECIMAL.matcher(upper);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            boolean fits = precision >= 1 && precision <= 38 && scale <= precision;
            return fits ? Optional.of(new Decimal(precision, scale)) : Optional.empty();
        }
        return switch (upper) {
            case "STRING" -> Optional.of(new Text());
            case "INT" -> Optional.of(new Whole(32));
            case "BIGINT" -> Optional.of(new Whole(64));
            case "DOUBLE" -> Optional.of(new Floating());
            case "BOOLEAN" -> Optional.of(new Truth());
            case "TIMESTAMP" -> Optional.of(new Timestamp());
            case "DATE" -> Optional.of(new Date());
            default -> Optional.empty();
        };
    }
}
