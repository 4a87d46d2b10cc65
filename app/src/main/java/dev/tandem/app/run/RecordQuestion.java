package dev.tandem.app.run;

import dev.tandem.fold.Coordinates;

/** Which record is to be traced. */
public sealed interface RecordQuestion {
    /** The one at a place in the log. */
    record At(Coordinates at) implements RecordQuestion {}

    /** The one in a line of a file that was taken in; lines are counted from 1, the header too. */
    record InFile(String name, long line) implements RecordQuestion {}

    /** The first one for which a condition over its parsed fields is true. */
    record Where(String condition) implements RecordQuestion {}
}
