package dev.tandem.model;

import dev.tandem.model.FieldType.Kind;
import java.util.Optional;

/**
 * What can be asked of a {@link FieldType}. Apart from it, because an interface with constants and default methods is initialized
 * together with its records, and two threads could wait for each other.
 */
public sealed interface TypeQuestions permits FieldType {
    Kind kind();

    default boolean isText() {
        return kind() == Kind.TEXT;
    }

    /** Whether it is a number with a binary fraction, which can be NaN or infinite. */
    default boolean isFloating() {
        return kind() == Kind.FLOATING;
    }

    default boolean isTruth() {
        return kind() == Kind.TRUTH;
    }

    default boolean isTimestamp() {
        return kind() == Kind.TIMESTAMP;
    }

    default boolean isList() {
        return kind() == Kind.LIST;
    }

    default boolean isNumber() {
        return switch (kind()) {
            case WHOLE, FLOATING, DECIMAL -> true;
            case TEXT, TRUTH, TIMESTAMP, DATE, LIST -> false;
        };
    }

    /** This type, if it is a decimal. */
    default Optional<FieldType.Decimal> asDecimal() {
        return kind() == Kind.DECIMAL ? Optional.of((FieldType.Decimal) this) : Optional.empty();
    }

    /** This type, if it is a list. */
    default Optional<FieldType.ListOf> asList() {
        return isList() ? Optional.of((FieldType.ListOf) this) : Optional.empty();
    }
}
