package dev.tandem.model.extension;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kind of synthetic feed. Faults, order, pace and the form of records (JSON or CSV) are Tandem's part. */
public interface GeneratorProvider extends Provider {
    /** The keys that {@code generate} may have besides those of every generator. */
    Set<String> settings();

    /**
     * A model of the data.
     *
     * @param settings those that the definition has
     * @throws IllegalArgumentException if a setting cannot be used; its message is what a person sees
     */
    EventModel open(long seed, Map<String, String> settings);

    /** Event n is a function of the seed and n alone, whatever was asked before. */
    interface EventModel {
        /** The fields of an event, in the order of {@link #values}. */
        Layout layout();

        /**
         * The values of event {@code number}: String, Number or null. That of the time's column is replaced by {@code time}, written
         * in ISO 8601.
         */
        List<@Nullable Object> values(long number, Instant time);
    }

    /**
     * The columns of an event, and which of them a fault changes.
     *
     * @param id the column that the fault {@code missing_id} empties; its values differ from event to event
     * @param time the column with the event's time
     * @param number a column of numbers, which the fault {@code malformed} may fill with a word
     */
    record Layout(List<String> columns, String id, String time, String number) {
        public Layout {
            columns = List.copyOf(columns);
            if (!columns.containsAll(List.of(id, time, number))) {
                throw new IllegalArgumentException(
                        "Cannot generate events of %s: '%s', '%s' and '%s' must be among them"
                                .formatted(columns, id, time, number));
            }
        }
    }
}
