package dev.tandem.page.data;

/** A request to trace a record. */
public sealed interface RecordAsked {
    /** By partition and position, as in {@code 0:4211} or {@code 0-4211}. */
    record At(String place) implements RecordAsked {}

    /** By a file and a line of it, as in {@code part-007.csv:12}. */
    record InFile(String line) implements RecordAsked {}

    /** The first one for which a condition over its fields is true. */
    record Where(String condition) implements RecordAsked {}
}
