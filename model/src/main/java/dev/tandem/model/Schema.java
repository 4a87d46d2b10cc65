package dev.tandem.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of a record, in the order the definition names them. Nothing is inferred: an unnamed field is not read. */
public record Schema(List<Field> fields) implements Serializable {
    /** What may be written in the place of the plain notation of a type. */
    public enum Conversion {
        NONE("", 0),
        /** A text may be a number, true or false, or an object or a list, whose JSON text it then is. */
        LENIENT(" LENIENT", 0),
        /** A time is the number of seconds since 1970. */
        EPOCH_SECONDS(" EPOCH SECONDS", 1_000_000),
        /** A time is the number of milliseconds since 1970. */
        EPOCH_MILLIS(" EPOCH MILLIS", 1_000),
        /** A time is the number of microseconds since 1970. */
        EPOCH_MICROS(" EPOCH MICROS", 1);

        private final String sql;
        private final long micros;

        Conversion(String sql, long micros) {
            this.sql = sql;
            this.micros = micros;
        }

        /** As a definition writes it behind the type. */
        public String sql() {
            return sql;
        }

        /** How many microseconds the unit of an epoch has; 0 where there is none. */
        public long micros() {
            return micros;
        }
    }

    /**
     * One field.
     *
     * @param required whether a record without a value for it goes to quarantine
     */
    public record Field(String name, FieldType type, boolean required, FieldOrigin origin, Conversion conversion)
            implements Serializable {
        /** A field that the record holds under the same name. */
        public Field(String name, FieldType type, boolean required) {
            this(name, type, required, new FieldOrigin.Named(name), Conversion.NONE);
        }

        /** Whether the value of a record holds it. */
        public boolean inRecord() {
            return !ofMessage() && !besideRecord();
        }

        /** Whether it is landed beside the value of a record. */
        public boolean besideRecord() {
            return origin instanceof FieldOrigin.Beside;
        }

        /** Whether it follows from where and when a record was landed. */
        public boolean ofMessage() {
            return origin instanceof FieldOrigin.OfMessage;
        }

        /** The name that the record holds it under; empty for a place deeper in it, and for what the record does not hold. */
        public Optional<String> sourceName() {
            return inRecord() && origin.path().size() == 1 && origin.path().get(0) instanceof PathStep.Member member
                    ? Optional.of(member.name())
                    : Optional.empty();
        }
    }

    public Schema {
        fields = List.copyOf(fields);
    }

    public Optional<Field> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The fields that the value of a record holds. */
    public Schema inRecord() {
        return new Schema(fields.stream().filter(Field::inRecord).toList());
    }

    /** The fields that are landed beside the value of a record. */
    public Schema besideRecord() {
        return new Schema(fields.stream().filter(Field::besideRecord).toList());
    }

    /** What the bytes of a landed record hold: the fields of its value, and behind them those beside it. */
    public Schema landed() {
        return new Schema(Stream.concat(inRecord().fields().stream(), besideRecord().fields().stream())
                .toList());
    }

    /** The fields that follow from where and when a record was landed. */
    public List<Field> ofMessage() {
        return fields.stream().filter(Field::ofMessage).toList();
    }

    /** The columns of a CSV header, in the order of {@link #inRecord}. */
    public List<String> header() {
        return inRecord().fields().stream()
                .map(field -> field.sourceName().orElse(field.name()))
                .toList();
    }

    /** The same fields as a table or a lake holds them: each under its own name, in the plain notation of its type. */
    public Schema underOwnNames() {
        return new Schema(fields.stream()
                .map(field -> field.ofMessage() ? field : new Field(field.name(), field.type(), field.required()))
                .toList());
    }
}
