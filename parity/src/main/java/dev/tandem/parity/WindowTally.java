package dev.tandem.parity;

import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** One measure summed over the stored rows of a window in both modes, with the largest rows. */
final class WindowTally {
    /** So many of the largest rows are remembered. */
    static final int BARS = 10;

    private static final Comparator<Report.Bar> LARGEST_FIRST = Comparator.comparing(Report.Bar::batch)
            .reversed()
            .thenComparing(Report.Bar::key, ValueOrder::compareTexts)
            .thenComparing(Report.Bar::stream);

    /** The smallest of the remembered rows comes first. */
    private final PriorityQueue<Report.Bar> largest = new PriorityQueue<>(LARGEST_FIRST.reversed());

    private BigDecimal stream = BigDecimal.ZERO;
    private BigDecimal batch = BigDecimal.ZERO;
    private long rows;
    private long differing;
    private boolean broken;

    /** Adds a row; {@code key} is asked only if the row is among the largest. */
    void add(BigDecimal ofStream, BigDecimal ofBatch, Supplier<String> key) {
        rows++;
        stream = stream.add(ofStream);
        batch = batch.add(ofBatch);
        if (largest.size() < BARS || ofBatch.compareTo(largest.element().batch()) >= 0) {
            remember(new Report.Bar(key.get(), ofStream, ofBatch));
        }
    }

    private void remember(Report.Bar bar) {
        largest.add(bar);
        if (largest.size() > BARS) {
            largest.remove();
        }
    }

    /** Notes that a row differs, and whether nothing explains it. */
    void differs(boolean unexplained) {
        differing++;
        broken |= unexplained;
    }

    void add(WindowTally other) {
        rows += other.rows;
        stream = stream.add(other.stream);
        batch = batch.add(other.batch);
        differing += other.differing;
        broken |= other.broken;
        other.largest.forEach(this::remember);
    }

    BigDecimal stream() {
        return stream;
    }

    BigDecimal batch() {
        return batch;
    }

    /** How many rows either mode has stored. */
    long rows() {
        return rows;
    }

    long differing() {
        return differing;
    }

    /** Whether a row differs and no record explains it. */
    boolean broken() {
        return broken;
    }

    List<Report.Bar> largest(int bars) {
        return largest.stream().sorted(LARGEST_FIRST).limit(bars).toList();
    }
}
