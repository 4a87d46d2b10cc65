package dev.tandem.app.init;

/** A value as a record has it, before anything is made of it; {@code text} is the JSON text of an object or list. */
record Cell(Kind kind, String text) {
    /** The kinds of values that JSON distinguishes; every CSV cell is a text. */
    enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        OBJECT,
        LIST
    }

    static Cell text(String text) {
        return new Cell(Kind.TEXT, text);
    }
}
