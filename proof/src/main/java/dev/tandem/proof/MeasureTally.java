package dev.tandem.proof;

import java.math.BigDecimal;

/** How far apart the two modes are on one measure, over all compared rows. */
final class MeasureTally {
    private long differing;
    private BigDecimal largest = BigDecimal.ZERO;
    private BigDecimal largestPercent = BigDecimal.ZERO;
    private BigDecimal differences = BigDecimal.ZERO;
    private BigDecimal batchTotal = BigDecimal.ZERO;

    void add(BigDecimal stream, BigDecimal batch, boolean same) {
        batchTotal = batchTotal.add(batch.abs());
        if (!same) {
            var difference = stream.subtract(batch).abs();
            differing++;
            largest = largest.max(difference);
            largestPercent = largestPercent.max(Numbers.percent(stream, batch));
            differences = differences.add(difference);
        }
    }

    /** The sum of all differences as a share of the batch's sum, in percent. */
    BigDecimal mean() {
        return Numbers.share(differences, batchTotal);
    }

    Report.MeasureCount count() {
        return new Report.MeasureCount(differing, largest, largestPercent, mean());
    }
}
