package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Shape;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Dedup;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The state of a measure. Adding and merging commute and associate exactly, for floating sums too, so any order of records and
 * any division into micro-batches gives the same value: that is why both modes agree to the last digit. Null arguments do not
 * count. Measures that depend on order use the record's event time, then its position in the log.
 */
public abstract class Accumulator implements Serializable {
    private static final long serialVersionUID = 1L;

    Accumulator() {}

    /** An empty accumulator of {@code kind} over arguments of type {@code argument}, to which is only added. */
    public static Accumulator of(Measure.Kind kind, FieldType argument) {
        return of(kind, argument, Dedup.Keep.FIRST);
    }

    /** Where the last copy counts, what an earlier one gave can be taken back; the price is to remember every value that could be next. */
    static Accumulator of(Measure.Kind kind, FieldType argument, Dedup.Keep keep) {
        return of(new Shape.Argument("", kind, argument), keep);
    }

    public static Accumulator of(Shape.Argument measure, Dedup.Keep keep) {
        var argument = measure.type();
        boolean retractable = keep == Dedup.Keep.LAST;
        return switch (measure.kind()) {
            case COUNT -> new Sums.Count();
            case SUM -> Sums.of(argument);
            case AVG -> new Sums.Average(Sums.of(argument), Measure.Kind.averageScale(argument));
            case DISTINCT -> retractable ? new Multisets.Distinct() : new Choices.Distinct();
            case MIN, ANY_VALUE -> retractable ? new Multisets.Extreme(-1) : new Choices.Extreme(-1);
            case MAX -> retractable ? new Multisets.Extreme(1) : new Choices.Extreme(1);
            case FIRST -> retractable ? new Multisets.Boundary(-1) : new Choices.Boundary(-1);
            case LAST -> retractable ? new Multisets.Boundary(1) : new Choices.Boundary(1);
            case APPROX_DISTINCT -> new ApproximateDistinct();
            case MEDIAN -> new Percentile(0.5);
            case PERCENTILE -> new Percentile(measure.parameter());
            case APPROX_PERCENTILE -> new ApproximatePercentile(measure.parameter());
            case COLLECT_DISTINCT -> new CollectedValues((int) measure.parameter(), keep);
            case VARIANCE -> new Spread(false);
            case STDDEV -> new Spread(true);
        };
    }

    abstract void addPresent(Object value, long eventMicros, Coordinates at);

    abstract void mergeSame(Accumulator other);

    /** Undoes one adding of the same value of the same record. */
    void removePresent(Object value, long eventMicros, Coordinates at) {
        throw new UnsupportedOperationException(
                "Cannot take a value back from a " + getClass().getSimpleName());
    }

    /**
     * The value now: Long, BigDecimal, Double or what was compared; null where nothing was added and the measure needs something,
     * or where a sum or average is larger than its type (as {@code try_sum} has it: one large record must not stop a run).
     */
    public abstract @Nullable Object value();

    /** Takes in {@code value} of the record at {@code at} whose event time is {@code eventMicros}, microseconds since 1970. */
    public final void add(@Nullable Object value, long eventMicros, Coordinates at) {
        if (value != null) {
            addPresent(value, eventMicros, at);
        }
    }

    public final void remove(@Nullable Object value, long eventMicros, Coordinates at) {
        if (value != null) {
            removePresent(value, eventMicros, at);
        }
    }

    /** The same as {@link #add} for the packed value that comes next in {@code in}, which it goes past. */
    public void addPacked(BlockReader in, long eventMicros, Coordinates at) {
        add(in.value(), eventMicros, at);
    }

    /** Writes what was taken in. */
    public abstract void write(BlockWriter out);

    /** Takes in what {@link #write} of an accumulator of the same measure wrote. */
    public abstract void mergePacked(BlockReader in);

    /** Takes in all that {@code other}, an accumulator of the same measure, has taken in. */
    public final void merge(Accumulator other) {
        if (other.getClass() != getClass()) {
            throw new IllegalArgumentException("Cannot merge %s into %s"
                    .formatted(other.getClass().getSimpleName(), getClass().getSimpleName()));
        }
        mergeSame(other);
    }
}
