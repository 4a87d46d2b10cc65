package dev.tandem.model;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way to write records down: it says what the bytes of one record hold. Where a record begins and ends is not its part: a message of a
 * topic is a record, and so is a line of a file. Serializable, because it travels to executors.
 */
public interface RecordFormat extends Serializable {
    /** The keys that {@code with} may have. */
    Set<String> settings();

    /**
     * A reader for one thread.
     *
     * @param settings what the definition says in {@code with}
     * @throws IllegalArgumentException if a setting cannot be used; its message is what a person sees
     */
    RecordReader open(Map<String, String> settings);

    /** Reads records one after the other. */
    interface RecordReader {
        /**
         * What {@code record} holds, by the names that a definition's {@code schema} reads: String, Number, Boolean, Instant, LocalDate,
         * List, Map or null. It is a function of the record alone, since stream, batch and recount each read it. Values must have the
         * schema's types as in a JSON record; names that the schema does not have are passed over.
         *
         * @throws Exception where it is no such record; it then goes to quarantine as {@code malformed}, with the message
         */
        Map<String, ? extends @Nullable Object> read(byte[] record) throws Exception;
    }
}
