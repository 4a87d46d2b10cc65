package dev.tandem.fold.measure;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The smallest number that at least a fraction of the numbers does not exceed (SQL's PERCENTILE_DISC), of numbers truncated to
 * nine binary digits: whole numbers up to 512 are exact, others at most 0.4 % too near to zero. It counts the numbers in each
 * such bucket, 256 for each power of two; so the result does not depend on order or micro-batches, and values can be taken back.
 * The quantile sketches of DataSketches do neither: they are randomized and depend on the order.
 */
final class ApproximatePercentile extends CountedValues<TreeMap<Object, Long>> {
    private static final long serialVersionUID = 1L;
    private static final int CUT = 44; // of the 52 binary digits behind the point

    private final double fraction;
    private long count;

    /** @param fraction from 0 to 1 */
    ApproximatePercentile(double fraction) {
        super(new TreeMap<>());
        this.fraction = fraction;
    }

    @Override
    Object counted(Object value) {
        return classOf(((Number) value).doubleValue());
    }

    @Override
    void count(Object numbers, long times) {
        super.count(numbers, times);
        count += times;
    }

    /** In the order of the numbers: those below zero count down from -1. NaN is the greatest. */
    private static long classOf(double number) {
        long magnitude = Double.doubleToLongBits(Math.abs(number)) >>> CUT;
        return number < 0 ? -magnitude - 1 : magnitude;
    }

    private static double numberOf(long numbers) {
        return numbers < 0 ? -Double.longBitsToDouble((-numbers - 1) << CUT) : Double.longBitsToDouble(numbers << CUT);
    }

    @Override
    void writeValue(Object numbers, BlockWriter out) {
        out.writeLong((Long) numbers);
    }

    @Override
    Object readValue(BlockReader in) {
        return in.readLong();
    }

    @Override
    public @Nullable Object value() {
        if (count == 0) {
            return null;
        }
        // As it is written: 0.95 is not the double next to it.
        long rank = new BigDecimal(Double.toString(fraction))
                .multiply(BigDecimal.valueOf(count))
                .setScale(0, RoundingMode.CEILING)
                .longValue();
        long passed = 0;
        for (var entry : counts.entrySet()) {
            passed += entry.getValue();
            if (passed >= Math.max(1, rank)) {
                return numberOf((Long) entry.getKey()) + 0.0; // no negative zero
            }
        }
        throw new IllegalStateException("there are %d numbers, and not one of rank %d".formatted(count, rank));
    }
}
