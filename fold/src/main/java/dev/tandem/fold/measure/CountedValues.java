package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.Map;
import java.util.Objects;

/**
 * A measure that remembers each different value with how often it came, so that values can be taken back.
 *
 * @param <M> the map of counts: sorted where the measure needs an order
 */
abstract class CountedValues<M extends Map<Object, Long>> extends Accumulator {
    private static final long serialVersionUID = 1L;

    /** How often each value was added; the map is used as it is. */
    @SuppressWarnings("serial") // only serializable maps are given
    final M counts;

    CountedValues(M empty) {
        counts = empty;
    }

    /** What is counted in the place of {@code value}. */
    Object counted(Object value) {
        return value;
    }

    /** Adds {@code value} so many times, or takes it back where {@code times} is negative. */
    void count(Object value, long times) {
        if (counts.merge(value, times, Long::sum) == 0) {
            counts.remove(value);
        }
    }

    @Override
    final void addPresent(Object value, long eventMicros, Coordinates at) {
        count(counted(value), 1);
    }

    @Override
    final void removePresent(Object value, long eventMicros, Coordinates at) {
        count(counted(value), -1);
    }

    @Override
    final void mergeSame(Accumulator other) {
        ((CountedValues<?>) other).counts.forEach(this::count);
    }

    @Override
    public final void write(BlockWriter out) {
        out.writeInt(counts.size());
        counts.forEach((value, times) -> {
            writeValue(value, out);
            out.writeLong(times);
        });
    }

    @Override
    public final void mergePacked(BlockReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            count(readValue(in), in.readLong());
        }
    }

    void writeValue(Object value, BlockWriter out) {
        out.value(value);
    }

    Object readValue(BlockReader in) {
        return Objects.requireNonNull(in.value());
    }
}
