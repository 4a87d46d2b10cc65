package dev.tandem.engine.source;

import dev.tandem.fold.Prepared.Rejection;
import java.util.Optional;

/** Stands before the first record of a {@link RecordRange}; each accessor speaks of the record that {@link #next} has reached. */
public interface RecordCursor extends AutoCloseable {
    /** Goes to the next record; false behind the last one. */
    boolean next();

    int partition();

    long position();

    /** When the record arrived, in milliseconds since 1970. */
    long arrivedMillis();

    /**
     * The record's bytes, in an envelope where the definition reads more than its value; empty for a record without a value. The caller
     * may keep the array.
     */
    byte[] value();

    /** Why the record stays in quarantine without being judged; empty for a record that is. */
    default Optional<Rejection> held() {
        return Optional.empty();
    }

    @Override
    void close();
}
