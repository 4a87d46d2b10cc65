package dev.tandem.diff.side;

import dev.tandem.diff.duck.Duck;

/** A table to compare, wherever it is. A new kind is an alternative here, its class, and a line in {@link Sides}. */
public sealed interface Side permits DatabaseSide, DuckDbSide, FileSide, ParquetRows, TopicSide {
    /** The place as a person writes it, without a password. */
    String shown();

    /** Copies all rows into {@code table}, which is made, and reports how consistent they are with one another. */
    Reading read(Duck duck, String table);

    /**
     * What is known of rows that were read.
     *
     * @param consistency why the rows belong to one moment, or that they may not
     */
    record Reading(String consistency, Typing typing) {}

    /** Where the types of columns come from. */
    enum Typing {
        DECLARED,
        /** Text that may hold numbers and times: the values decide. */
        BY_VALUE
    }
}
