package dev.tandem.model.extension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An output that is open. One thread calls it.
 *
 * <p>A micro-batch is written before the ledger commits it. So after a crash the same number is written again, with the same rows
 * or with more of them. A sink must then replace what it wrote under that number, or let its readers recognise what they have seen
 * (by {@link Row#key} and {@link Row#revision}). Numbers never fall.
 */
public interface RowSink extends AutoCloseable {
    /**
     * Writes all rows of micro-batch (or batch run) {@code number} and returns when they are safe.
     *
     * @throws IOException where something is away that may come back: a stream writes the same number again, until
     *     {@code stream.retry_for} is over
     * @throws Exception anything else ends the run; its message is what a person sees
     */
    void write(long number, Iterator<Row> rows) throws Exception;

    /** Ends what is held back. */
    @Override
    void close() throws IOException;

    /**
     * One row, or one record.
     *
     * @param key the same for every version of a row, and for no other row of this output
     * @param values in the order of the columns: Long, Double, BigDecimal, Boolean, Instant, LocalDate, String, List or null
     * @param revision 1 for the first version of a row, one more for each later one; 1 for a record; 0 where it is gone
     * @param events how many records it counts; 1 for a record
     */
    record Row(String key, List<@Nullable Object> values, State state, int revision, long events) {
        public Row {
            // Not List.copyOf, which refuses null.
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /** Whether a row may change. */
    enum State {
        /** It may come again with other values. */
        OPEN,
        /** It is final. Records are. */
        FINAL,
        /** It is deleted; its values after the key are null. */
        GONE
    }
}
