package dev.tandem.sink;

import dev.tandem.fold.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row for a sink.
 *
 * @param key what makes it the same row as an earlier one
 * @param values in the order of {@link Content#columns}: Long, Double, BigDecimal, Boolean, Instant, LocalDate, String, List or null
 * @param revision 1 for the first version of a row, one more for each later one; 1 for a record
 * @param events how many records (or unnested elements) it counts; 1 for a record
 */
public record Tuple(Identity key, List<@Nullable Object> values, State state, int revision, long events) {
    public enum State {
        /** It may come again with other values. */
        OPEN("open"),
        /** It is final. */
        FINAL("closed"),
        /** Deleted; the values are those of the window and key, null after them. */
        GONE("gone");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The word that messages and consoles show, the same as in the tables of results. */
        String word() {
            return word;
        }

        static State named(String word) {
            return valueOf(word.equals("closed") ? "FINAL" : word.toUpperCase(Locale.ROOT));
        }
    }

    public Tuple {
        // Not List.copyOf, which refuses null.
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
