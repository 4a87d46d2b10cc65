package dev.tandem.model;

/**
 * A Spark SQL expression as its author wrote it. The model carries it unread: only the engine knows the language, and it
 * reports what is wrong at {@code place}. Two expressions are equal when their text is.
 */
public record Expression(String text, Place place) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Expression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
