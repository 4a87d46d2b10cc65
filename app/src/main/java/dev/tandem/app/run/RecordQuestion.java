package dev.tandem.app.run;

import dev.tandem.fold.Coordinates;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which record is to be traced. */
public sealed interface RecordQuestion {
    /** The one at a place in the log. */
    record At(Coordinates at) implements RecordQuestion {
        private static final Pattern PLACE = Pattern.compile("(\\d{1,9})[:-](\\d{1,18})");

        /** As in {@code 0:4211} or {@code 0-4211}; empty if it is nothing like that. */
        public static Optional<At> read(String text) {
            var place = PLACE.matcher(text);
            return place.matches()
                    ? Optional.of(
                            new At(new Coordinates(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)))))
                    : Optional.empty();
        }
    }

    /** The one in a line of a file that was taken in; lines are counted from 1, the header too. */
    record InFile(String name, long line) implements RecordQuestion {
        private static final Pattern LINE = Pattern.compile("(.+):(\\d{1,18})");

        /** As in {@code part-007.csv:12}; empty if it is nothing like that. */
        public static Optional<RecordQuestion> read(String text) {
            var line = LINE.matcher(text);
            return line.matches()
                    ? Optional.of(new InFile(line.group(1), Long.parseLong(line.group(2))))
                    : Optional.empty();
        }
    }

    /** The first one for which a condition over its parsed fields is true. */
    record Where(String condition) implements RecordQuestion {}
}
