package dev.tandem.parity;

import dev.tandem.fold.Identity;
import dev.tandem.fold.recount.EventTimes;
import dev.tandem.parity.traits.CommonTraits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A comparison, told whole: what {@code report.json} holds and what the page and the charts are drawn from. Maps keep the order
 * in which they are to be shown. Percentages are 0 to 100; times in milliseconds unless they are instants.
 *
 * @param common what records that the stream refused have in common, by the words late, duplicate and quarantined, of
 *     those that there are
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
        Differences differences,
        Map<String, String> quarantine,
        CutLine cut,
        Map<String, String> versions,
        List<String> commands,
        TradeOff tradeOff,
        Map<String, CommonTraits> common) {

    /** The same with {@code more} behind the sentence. */
    public Report saying(String more) {
        return new Report(
                schemaVersion,
                pipeline,
                about,
                definition,
                generatedAt,
                verdict,
                sentence + " " + more,
                unexplained,
                accuracy,
                views,
                causes,
                conservation,
                latency,
                throughput,
                targets,
                windows,
                differences,
                quarantine,
                cut,
                versions,
                commands,
                tradeOff,
                common);
    }

    /** {@code percent} of the compared rows agree; {@code meanDifferencePercent} is weighted by the batch's values. */
    public record Accuracy(
            long comparedRows, long agreeingRows, BigDecimal percent, BigDecimal meanDifferencePercent) {}

    /** Rows of one view; {@code open} are those whose window was not final. */
    public record ViewCount(
            long compared, long agreeing, long differing, long open, Map<String, MeasureCount> measures) {}

    public record MeasureCount(
            long differing, BigDecimal largestDifference, BigDecimal largestPercent, BigDecimal meanPercent) {}

    /** How many records are behind a cause, and how many result rows it touches. */
    public record CauseCount(long records, long rows, String meaning, String hint) {}

    /**
     * {@code measured} says from where to where, in words; {@code backlog} that the records lay waiting before the stream began, so
     * that their wait is in the figures and no target can be held against them; {@code warmUp} how many of the first records are
     * left out, because the virtual machine was still compiling.
     */
    public record Latency(
            String measured,
            long samples,
            double p50,
            double p95,
            double p99,
            double max,
            boolean backlog,
            List<Stage> stages,
            long warmUp) {
        public Latency {
            stages = stages == null ? List.of() : List.copyOf(stages);
        }

        public Latency(String measured, long samples, double p50, double p95, double p99, double max) {
            this(measured, samples, p50, p95, p99, max, false, List.of(), 0);
        }
    }

    /** One of the things that a record waits for, in turn. */
    public record Stage(String name, double p50, double p95, double p99, double max) {}

    /**
     * What a mode used of the machine.
     *
     * @param cpuSeconds of its tasks and of the thread that drives it; not of the virtual machine's compiler and collector
     * @param movedBytes written to shuffles and sent to the driver
     * @param peakHeapBytes the fullest heap seen; of the whole process
     * @param stateRows the most groups and keys that it held at once
     */
    public record Cost(
            double cpuSeconds,
            double wallSeconds,
            long records,
            long movedBytes,
            long peakHeapBytes,
            long stateRows,
            long stateBytes) {
        /** The same effort for a million records. */
        public double cpuSecondsPerMillion() {
            return records == 0 ? Double.NaN : cpuSeconds / records * 1e6;
        }

        public double movedBytesPerMillion() {
            return records == 0 ? Double.NaN : (double) movedBytes / records * 1e6;
        }
    }

    /**
     * What is paid for early numbers.
     *
     * @param missedBy late records by the seconds of watermark delay that would have kept them
     */
    public record TradeOff(
            Map<String, Cost> cost,
            Optional<BreakEven> breakEven,
            List<Convergence> convergence,
            SortedMap<Long, Long> missedBy) {
        public static final TradeOff UNKNOWN =
                new TradeOff(Map.of(), Optional.empty(), List.of(), Collections.emptySortedMap());
    }

    /**
     * A batch every {@code interval} in the place of the stream, at the rate that the stream had.
     *
     * @param cpuShare of the stream's processor time that it would use if each run counts what is new; 1 is as much
     * @param oldestSeconds how old its numbers are just before the next run's come
     * @param streamSeconds how old the stream's are, 95 of 100
     * @param runsUntilDearer after how many runs it has used more than the stream if each counts the whole log again
     */
    public record BreakEven(
            Duration interval,
            double eventsPerSecond,
            double cpuShare,
            double oldestSeconds,
            double streamSeconds,
            long runsUntilDearer) {}

    /**
     * How the windows of a view came closer to the batch's with time.
     *
     * @param nearlyRight seconds after a window's end from which the error stays at most 1 %; empty if it never does
     * @param finalErrorPercent what is left for good
     */
    public record Convergence(
            String view,
            long windows,
            List<ConvergenceStep> steps,
            Optional<Double> nearlyRight,
            double finalErrorPercent) {}

    /** The error {@code seconds} after a window's end, of all windows weighted by their records and of the worst. */
    public record ConvergenceStep(double seconds, double errorPercent, double worstPercent) {}

    public record Throughput(double eventsPerSecond, long events, double seconds, String measured) {}

    /** A target that is not {@code measured}, because the run read nothing, is neither met nor missed. */
    public record Target(String name, String asked, String reached, boolean met, boolean measured) {
        public Target(String name, String asked, String reached, boolean met) {
            this(name, asked, reached, met, true);
        }

        static Target notMeasured(String name, String asked) {
            return new Target(name, asked, "not measured: the stream's last run read no record", false, false);
        }

        public boolean missed() {
            return measured && !met;
        }
    }

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

    /**
     * Up to where both modes are compared.
     *
     * @param times the event times of each partition, by its number
     */
    public record CutLine(
            long microBatch, Map<Integer, Long> positions, long records, SortedMap<Integer, EventTimes> times) {}
}
