package dev.tandem.proof;

import dev.tandem.fold.Identity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison, told whole: what {@code report.json} holds and what the page and the charts are drawn from. Maps keep the order
 * in which they are to be shown. Percentages are 0 to 100; times in milliseconds unless they are instants.
 */
public record Report(
        int schemaVersion,
        String pipeline,
        String about,
        String definition,
        Instant generatedAt,
        Verdict verdict,
        String sentence,
        long unexplained,
        Accuracy accuracy,
        Map<String, ViewCount> views,
        Map<String, CauseCount> causes,
        Map<String, Map<String, Long>> conservation,
        Latency latency,
        Map<String, Throughput> throughput,
        List<Target> targets,
        List<WindowLine> windows,
        List<Difference> differences,
        Map<String, String> quarantine,
        CutLine cut,
        Map<String, String> versions,
        List<String> commands) {

    /** {@code percent} of the compared rows agree; {@code meanDifferencePercent} is weighted by the batch's values. */
    public record Accuracy(
            long comparedRows, long agreeingRows, BigDecimal percent, BigDecimal meanDifferencePercent) {}

    /** Rows of one view; {@code open} are those whose window was not final. */
    public record ViewCount(
            long compared, long agreeing, long differing, long open, Map<String, MeasureCount> measures) {}

    public record MeasureCount(
            long differing, BigDecimal largestDifference, BigDecimal largestPercent, BigDecimal meanPercent) {}

    /** How many records are behind a cause, and how many result rows it touches. */
    public record CauseCount(long records, long rows, String meaning, String mend) {}

    /**
     * {@code measured} says from where to where, in words; {@code backlog} that the records lay waiting before the stream began, so
     * that their wait is in the figures and no target can be held against them.
     */
    public record Latency(
            String measured, long samples, double p50, double p95, double p99, double max, boolean backlog) {
        public Latency(String measured, long samples, double p50, double p95, double p99, double max) {
            this(measured, samples, p50, p95, p99, max, false);
        }
    }

    public record Throughput(double eventsPerSecond, long events, double seconds, String measured) {}

    public record Target(String name, String asked, String reached, boolean met) {}

    /**
     * The first measure of a view summed over a window, in both modes; the overview chart. {@code status} is one of agree,
     * within_tolerance, explained, unexplained, open; {@code allowed} is the difference that the tolerance permits here, 0 where
     * the measure must be exact.
     */
    public record WindowLine(
            String view,
            String measure,
            Optional<Instant> start,
            Optional<Instant> end,
            String status,
            BigDecimal stream,
            BigDecimal batch,
            long keys,
            long differingKeys,
            List<Bar> largest,
            BigDecimal allowed) {

        /** A window whose measure must be exact. */
        public WindowLine(
                String view,
                String measure,
                Optional<Instant> start,
                Optional<Instant> end,
                String status,
                BigDecimal stream,
                BigDecimal batch,
                long keys,
                long differingKeys,
                List<Bar> largest) {
            this(view, measure, start, end, status, stream, batch, keys, differingKeys, largest, BigDecimal.ZERO);
        }
    }

    /** One key of a window with its value in both modes, for ranked bars. */
    public record Bar(String key, BigDecimal stream, BigDecimal batch) {}

    /** One number that differs; {@code stream} or {@code batch} is empty where that mode has no row; {@code rowKey} as in the tables. */
    public record Difference(
            String view,
            Optional<Instant> start,
            Optional<Instant> end,
            Map<String, String> key,
            String measure,
            Optional<String> stream,
            Optional<String> batch,
            Optional<BigDecimal> difference,
            Optional<BigDecimal> percent,
            Map<String, Long> causes,
            List<String> records,
            Identity rowKey) {}

    public record CutLine(long microBatch, Map<Integer, Long> positions, long records) {}
}
