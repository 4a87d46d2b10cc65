package dev.tandem.model;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The types a field, key or measure can have: few, so that every database, Parquet and Spark agree on each. Money is a decimal;
 * a timestamp is an instant with microseconds.
 */
public sealed interface FieldType extends Serializable {
    record Text() implements FieldType {
        @Override
        public String sql() {
            return "STRING";
        }
    }

    /** A whole number; {@code bits} is 32 or 64. */
    record Whole(int bits) implements FieldType {
        @Override
        public String sql() {
            return bits == 32 ? "INT" : "BIGINT";
        }
    }

    record Floating() implements FieldType {
        @Override
        public String sql() {
            return "DOUBLE";
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
    }

    record Truth() implements FieldType {
        @Override
        public String sql() {
            return "BOOLEAN";
        }
    }

    record Timestamp() implements FieldType {
        @Override
        public String sql() {
            return "TIMESTAMP";
        }
    }

    record Date() implements FieldType {
        @Override
        public String sql() {
            return "DATE";
        }
    }

    record ListOf(FieldType element) implements FieldType {
        @Override
        public String sql() {
            return "ARRAY<" + element.sql() + ">";
        }
    }

    FieldType TEXT = new Text();
    FieldType LONG = new Whole(64);
    FieldType DOUBLE = new Floating();

    Pattern DECIMAL = Pattern.compile("DECIMAL\\s*\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");
    Pattern ARRAY = Pattern.compile("ARRAY\\s*<(.+)>", Pattern.DOTALL);

    /** The name both Spark SQL and a definition's {@code schema} use. */
    String sql();

    /** One method for each kind: the exhaustive choice. */
    interface Cases<T> {
        T text();

        T whole(Whole type);

        T floating();

        T decimal(Decimal type);

        T truth();

        T timestamp();

        T date();

        T list(ListOf type);
    }

    /** What {@code cases} gives for this kind of type. */
    default <T> T fold(Cases<T> cases) {
        if (this instanceof Whole it) {
            return cases.whole(it);
        }
        if (this instanceof Decimal it) {
            return cases.decimal(it);
        }
        if (this instanceof ListOf it) {
            return cases.list(it);
        }
        if (this instanceof Text) {
            return cases.text();
        }
        if (this instanceof Floating) {
            return cases.floating();
        }
        if (this instanceof Truth) {
            return cases.truth();
        }
        return this instanceof Timestamp ? cases.timestamp() : cases.date();
    }

    default boolean isText() {
        return this instanceof Text;
    }

    default boolean isWhole() {
        return this instanceof Whole;
    }

    /** Whether it is a number with a binary fraction, which can be NaN or infinite. */
    default boolean isFloating() {
        return this instanceof Floating;
    }

    default boolean isTruth() {
        return this instanceof Truth;
    }

    default boolean isTimestamp() {
        return this instanceof Timestamp;
    }

    default boolean isDate() {
        return this instanceof Date;
    }

    default boolean isNumber() {
        return isWhole() || isFloating() || asDecimal().isPresent();
    }

    default boolean isList() {
        return this instanceof ListOf;
    }

    /** This type, if it is a decimal. */
    default Optional<Decimal> asDecimal() {
        return this instanceof Decimal it ? Optional.of(it) : Optional.empty();
    }

    /** This type, if it is a list. */
    default Optional<ListOf> asList() {
        return this instanceof ListOf it ? Optional.of(it) : Optional.empty();
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
