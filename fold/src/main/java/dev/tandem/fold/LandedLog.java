package dev.tandem.fold;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads back what a stream landed: every record that arrived, once. Serializable, because it is read where the work is done. */
public interface LandedLog extends Serializable {
    /** A part of the log: the micro-batches from {@code first} to {@code last}, both included. */
    record Slice(long first, long last) implements Serializable {}

    /** Cuts the log up to {@code cut} into about {@code parts} slices of about as many records each. */
    List<Slice> slices(Cut cut, int parts);

    /** The records of a slice by micro-batch, partition and position; the connection is closed with the iterator. */
    ClosingIterator<Landed> read(Slice slice);

    /** An iterator that holds something open. */
    interface ClosingIterator<T extends @Nullable Object> extends Iterator<T>, AutoCloseable {
        @Override
        void close();
    }
}
