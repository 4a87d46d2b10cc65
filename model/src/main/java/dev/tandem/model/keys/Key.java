package dev.tandem.model.keys;

import java.util.List;

/**
 * One key of a definition, described once. The reader refuses what is not described, and the JSON Schema and the reference tables
 * are generated from it.
 *
 * @param about one plain sentence
 * @param examples as they are written in a definition
 */
public record Key(String name, Value value, String about, Absence absence, List<String> examples) {
    /**
     * What holds where a key is not written.
     *
     * @param words the value that is then used; or, if there is none, words for people
     */
    public record Absence(Kind kind, String words) {
        /** Whether a key may be left out, and whether that is the same as writing a certain value. */
        public enum Kind {
            REFUSED,
            DEFAULT,
            OTHER
        }
    }

    public Key {
        examples = List.copyOf(examples);
    }

    /** A key that may be left out. */
    static Key of(String name, Value value, String about, String... examples) {
        return new Key(name, value, about, new Absence(Absence.Kind.OTHER, "none"), List.of(examples));
    }

    Key required() {
        return new Key(name, value, about, new Absence(Absence.Kind.REFUSED, "required"), examples);
    }

    /** Leaving the key out is the same as writing {@code text}. */
    Key usually(String text) {
        return new Key(name, value, about, new Absence(Absence.Kind.DEFAULT, text), examples);
    }

    /** Words for what holds where the key is left out. */
    Key otherwise(String words) {
        return new Key(name, value, about, new Absence(Absence.Kind.OTHER, words), examples);
    }

    public boolean isRequired() {
        return absence.kind() == Absence.Kind.REFUSED;
    }

    public boolean hasDefault() {
        return absence.kind() == Absence.Kind.DEFAULT;
    }
}
