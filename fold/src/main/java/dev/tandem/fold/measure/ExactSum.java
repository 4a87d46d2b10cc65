package dev.tandem.fold.measure;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Floats;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;

/**
 * A sum of floating-point numbers that is exact until it is asked for: kept as parts that do not overlap (Shewchuk, "Adaptive
 * Precision Floating-Point Arithmetic", 1997) and rounded once. So it does not depend on the order of adding, and a number that is
 * taken back leaves nothing behind.
 */
final class ExactSum implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Sums of fewer than 10^17 smaller numbers cannot overflow on the way. */
    private static final double LARGE = 1e290;

    private double[] parts = new double[2];
    private int used;
    private BigDecimal large = BigDecimal.ZERO;
    private long infinities;
    private long negativeInfinities;
    private long notNumbers;

    /** Adds {@code value} once ({@code times} 1) or takes it back ({@code times} -1). */
    void plus(double value, int times) {
        if (Double.isNaN(value)) {
            notNumbers += times;
        } else if (Double.isInfinite(value)) {
            infinities += value > 0 ? times : 0;
            negativeInfinities += value < 0 ? times : 0;
        } else if (Math.abs(value) >= LARGE) {
            large = large.add(new BigDecimal(value * times));
        } else {
            grow(value * times);
        }
    }

    void plus(ExactSum other) {
        for (int index = 0; index < other.used; index++) {
            grow(other.parts[index]);
        }
        large = large.add(other.large);
        infinities += other.infinities;
        negativeInfinities += other.negativeInfinities;
        notNumbers += other.notNumbers;
    }

    private void grow(double value) {
        double carried = value;
        int kept = 0;
        for (int index = 0; index < used; index++) {
            double part = parts[index];
            double sum = carried + part;
            double without = sum - carried;
            double rest = (carried - (sum - without)) + (part - without);
            if (rest != 0) {
                parts[kept++] = rest;
            }
            carried = sum;
        }
        if (kept == parts.length) {
            parts = Arrays.copyOf(parts, kept * 2);
        }
        parts[kept] = carried;
        used = carried == 0 ? kept : kept + 1;
    }

    /** The double nearest to the sum. */
    double rounded() {
        if (notNumbers > 0 || (infinities > 0 && negativeInfinities > 0)) {
            return Double.NaN;
        }
        if (infinities > 0 || negativeInfinities > 0) {
            return infinities > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        if (used <= 1 && large.signum() == 0) {
            return used == 0 ? 0 : Floats.normal(parts[0]);
        }
        var sum = large;
        for (int index = 0; index < used; index++) {
            sum = sum.add(new BigDecimal(parts[index]));
        }
        return Floats.normal(sum.doubleValue());
    }

    void write(BlockWriter out) {
        out.writeInt(used);
        for (int index = 0; index < used; index++) {
            out.writeLong(Double.doubleToRawLongBits(parts[index]));
        }
        out.value(large);
        out.writeLong(infinities);
        out.writeLong(negativeInfinities);
        out.writeLong(notNumbers);
    }

    /** Adds the sum that {@link #write} wrote. */
    void plus(BlockReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            grow(Double.longBitsToDouble(in.readLong()));
        }
        large = large.add((BigDecimal) Objects.requireNonNull(in.value()));
        infinities += in.readLong();
        negativeInfinities += in.readLong();
        notNumbers += in.readLong();
    }
}
