package dev.tandem.parity;

import dev.tandem.fold.Fates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.recount.EventTimes;
import dev.tandem.model.Mode;
import dev.tandem.parity.traits.CommonTraits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A comparison, told whole: what {@code report.json} holds and what the page and the charts are drawn from. Maps keep the order
 * in which they are to be shown. Percentages are 0 to 100; times in milliseconds unless they are instants.
 */
public record Report(
        Subject subject,
        Agreement agreement,
        Map<Cause, CauseCount> causes,
        List<WindowLine> windows,
        Differences differences,
        List<Target> targets,
        Runs runs,
        Refusals refusals,
        TradeOff tradeOff,
        Provenance provenance) {
    /** The version of what {@code report.json} holds. */
    public static final int SCHEMA_VERSION = 2;

    public Verdict verdict() {
        return agreement.verdict();
    }

    /** How many rows differ for a cause that no record proves. */
    public long unexplained() {
        return Stream.of(Cause.UNEXPLAINED, Cause.SINK, Cause.DEFINITION)
                .flatMap(cause -> Stream.ofNullable(causes.get(cause)))
                .mapToLong(CauseCount::rows)
                .sum();
    }

    /** The same with {@code more} behind the sentence. */
    public Report saying(String more) {
        return new Report(
                subject,
                agreement.saying(more),
                causes,
                windows,
                differences,
                targets,
                runs,
                refusals,
                tradeOff,
                provenance);
    }

    /**
     * What is compared.
     *
     * @param definition its hash
     * @param cut where the log ends for both modes
     */
    public record Subject(String pipeline, String about, String definition, CutLine cut) {}

    /**
     * Up to where both modes are compared.
     *
     * @param times the event times of each partition, by its number
     */
    public record CutLine(
            long microBatch, Map<Integer, Long> positions, long records, SortedMap<Integer, EventTimes> times) {}

    /**
     * How the report was made.
     *
     * @param versions of the software, by name
     * @param commands that lead to the same comparison again
     */
    public record Provenance(Instant generatedAt, Map<String, String> versions, List<String> commands) {}

    /**
     * How equal the modes are.
     *
     * @param sentence the verdict as a person says it
     * @param views by name
     */
    public record Agreement(Verdict verdict, String sentence, Accuracy accuracy, Map<String, ViewCount> views) {
        Agreement saying(String more) {
            return new Agreement(verdict, sentence + " " + more, accuracy, views);
        }
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
     * What both modes measured of themselves; a mode that was not measured is in no map.
     *
     * @param latency of the stream
     */
    public record Runs(
            Map<Mode, Conservation> conservation,
            Latency latency,
            Map<Mode, Throughput> throughput,
            Map<Mode, Cost> cost) {
        public static final Runs NOT_MEASURED = new Runs(Map.of(), Latency.NOT_MEASURED, Map.of(), Map.of());
    }

    /** What a mode did with the records that it read: each has one fate. */
    public record Conservation(
            long read,
            long counted,
            long quarantined,
            long duplicate,
            long late,
            long filtered,
            long split,
            long waiting) {
        /** {@code waiting} are those that {@code fates} accepted and whose windows have not closed. */
        public static Conservation of(Fates fates, long waiting) {
            return new Conservation(
                    fates.read(),
                    fates.accepted() - waiting,
                    fates.quarantined(),
                    fates.duplicate(),
                    fates.late(),
                    fates.filtered(),
                    fates.split(),
                    waiting);
        }

        /** The records whose fate is known. */
        public long sum() {
            return counted + quarantined + duplicate + late + filtered + split + waiting;
        }

        public boolean balances() {
            return sum() == read;
        }
    }

    /**
     * Records that the stream refused.
     *
     * @param quarantine how many each rule refused
     * @param common what they have in common, by the words late, duplicate and quarantined, of those that there are
     */
    public record Refusals(Map<String, Long> quarantine, Map<String, CommonTraits> common) {
        public static final Refusals NONE = new Refusals(Map.of(), Map.of());
    }

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
        public static final Latency NOT_MEASURED = new Latency("not measured", 0, 0, 0, 0, 0);

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
            Optional<BreakEven> breakEven, List<Convergence> convergence, SortedMap<Long, Long> missedBy) {
        public static final TradeOff UNKNOWN = new TradeOff(Optional.empty(), List.of(), Collections.emptySortedMap());
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

    /** The first measure of a view summed over a window, in both modes; the overview chart. */
    public record WindowLine(
            String view,
            String measure,
            Optional<Instant> start,
            Optional<Instant> end,
            WindowState state,
            BigDecimal stream,
            BigDecimal batch,
            long keys,
            long differingKeys,
            List<Bar> largest) {}

    /** What a comparison says of a window; {@code OPEN} where it is not final in the stream. */
    public enum WindowState {
        AGREE,
        OPEN,
        EXPLAINED,
        UNEXPLAINED;

        /** The word used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
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
}
