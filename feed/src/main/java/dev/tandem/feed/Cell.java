package dev.tandem.feed;

/** One value of a flat message, as text and with what JSON makes of it. */
record Cell(String text, Kind kind) {

    enum Kind {
        TEXT,
        NUMBER,
        NOTHING,
        /** The token that Python's pandas writes for a missing value: not JSON, and seen in real logs. */
        NAN
    }

    static final Cell NOTHING = new Cell("", Kind.NOTHING);
    static final Cell NAN = new Cell("", Kind.NAN);

    static Cell text(String text) {
        return new Cell(text, Kind.TEXT);
    }

    static Cell number(Object number) {
        return new Cell(number.toString(), Kind.NUMBER);
    }
}
