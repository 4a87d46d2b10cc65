package dev.tandem.fold;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads back what a stream landed: every record that arrived, once. Serializable, because it is read where the work is done. */
public interface LandedLog extends Serializable {
    /**
     * A part of the log: the micro-batches from {@code first} to {@code last}, both included. A large micro-batch is split into
     * {@code parts} slices of its own, of which this is {@code part}, counted from 0.
     */
    record Slice(long first, long last, int part, int parts) implements Serializable {
        public Slice {
            if (part < 0 || part >= parts || (parts > 1 && first != last)) {
                throw new IllegalArgumentException(
                        "Cannot read part %d of %d of the micro-batches %d to %d: only a single micro-batch has parts, counted from 0"
                                .formatted(part, parts, first, last));
            }
        }

        public Slice(long first, long last) {
            this(first, last, 0, 1);
        }
    }

    /** Splits the log up to {@code cut} into about {@code parts} slices of about equal size. */
    List<Slice> slices(EndOffsets cut, int parts);

    /** The records of a slice by micro-batch, partition and position; the connection is closed with the iterator. */
    ClosingIterator<Landed> read(Slice slice);

    /** An iterator that holds something open. */
    interface ClosingIterator<T extends @Nullable Object> extends Iterator<T>, AutoCloseable {
        @Override
        void close();

        /** The same values as {@code change} makes of them; to close it closes this one. */
        default <R extends @Nullable Object> ClosingIterator<R> map(Function<? super T, ? extends R> change) {
            return new Mapped<>(this, change);
        }

        /** Over what is in memory, where nothing is to be closed. */
        static <T extends @Nullable Object> ClosingIterator<T> of(Iterator<T> values) {
            return new InMemory<>(values);
        }
    }

    /** An iterator over what is made of another one's values. */
    record Mapped<T extends @Nullable Object, R extends @Nullable Object>(
            ClosingIterator<T> values, Function<? super T, ? extends R> change) implements ClosingIterator<R> {
        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public R next() {
            return change.apply(values.next());
        }

        @Override
        public void close() {
            values.close();
        }
    }

    /** An iterator that holds nothing open. */
    record InMemory<T extends @Nullable Object>(Iterator<T> values) implements ClosingIterator<T> {
        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public T next() {
            return values.next();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
