package dev.tandem.parity;

import java.math.BigDecimal;

/** How far apart the two modes are on one measure, over all compared rows. */
final class MeasureTally {
    private long differing;
    private BigDecimal largest = BigDecimal.ZERO;
    private BigDecimal largestPercent = BigDecimal.ZERO;
    private BigDecimal differences = BigDecimal.ZERO;
    private BigDecimal batchTotal = BigDecimal.ZERO;

    void same(BigDecimal batch) {
        batchTotal = batchTotal.add(batch.abs());
    }

    void differs(BigDecimal stream, BigDecimal batch) {
        same(batch);
        var difference = stream.subtract(batch).abs();
        differing++;
        largest = largest.max(difference);
        largestPercent = largestPercent.max(Numbers.percent(stream, batch));
        differences = differences.add(difference);
    }

    /** Takes in what {@code other} has tallied over other rows. */
    void add(MeasureTally other) {
        differing += other.differing;
        largest = largest.max(other.largest);
        largestPercent = largestPercent.max(other.largestPercent);
        differences = differences.add(other.differences);
        batchTotal = batchTotal.add(other.batchTotal);
    }

    /** The sum of all differences as a share of the batch's sum, in percent. */
    BigDecimal mean() {
        return Numbers.share(differences, batchTotal);
    }

    Report.MeasureCount count() {
        return new Report.MeasureCount(differing, largest, largestPercent, mean());
    }
}
