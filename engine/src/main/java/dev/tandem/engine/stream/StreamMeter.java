package dev.tandem.engine.stream;

import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.fold.Changes;
import dev.tandem.fold.Fates;
import dev.tandem.fold.StreamLedger;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * What a stream did and how fast: latency of each record from its arrival in the log until the transaction that counts it was
 * committed, so that its row can be read; and the span from the first read to the last commit. Safe to read from any thread.
 *
 * <p>A record's clock runs from its arrival, not from when the stream came to read it, so a stream that stalls is charged for all
 * that waited (no coordinated omission). Time without records is in no figure. Records of the first seconds are kept apart, while
 * the virtual machine is still compiling, and are reported only where there are hardly any others.
 */
public final class StreamMeter {
    /** Records that arrive earlier than this after the first read are of the warm-up. */
    public static final Duration WARM_UP = Duration.ofSeconds(10);

    private static final long LONGEST = 3_600_000L * 24;

    /** What a record waits for, in turn. */
    public enum Stage {
        /** From its arrival until its micro-batch begins. */
        WAITING,
        /** Until its micro-batch is read, prepared and folded. */
        COMPUTING,
        /** Until the outputs and the database have it. */
        COMMITTING
    }

    /** Milliseconds. */
    public record Percentiles(long samples, double p50, double p95, double p99, double max) {
        static Percentiles of(Histogram histogram) {
            return new Percentiles(
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(95),
                    histogram.getValueAtPercentile(99),
                    histogram.getMaxValue());
        }
    }

    /**
     * A moment's reading.
     *
     * @param seconds from first read to last commit
     * @param latency without the warm-up, where enough records came after it
     * @param byStage the same, taken apart
     * @param warmUp how many records are left out of {@code latency}
     */
    public record Reading(
            Fates fates,
            long waiting,
            long microBatches,
            double seconds,
            Percentiles latency,
            Map<Stage, Percentiles> byStage,
            long warmUp,
            Stages stages) {
        public double p50() {
            return latency.p50();
        }

        public double p95() {
            return latency.p95();
        }

        public double p99() {
            return latency.p99();
        }

        public double max() {
            return latency.max();
        }

        public long samples() {
            return latency.samples();
        }
    }

    /** Where the time of all micro-batches went, in milliseconds: reading and preparing, folding, other outputs, the database. */
    public record Stages(double prepare, double fold, double outputs, double database) {
        static final Stages NONE = new Stages(0, 0, 0, 0);

        Stages plus(Stages other) {
            return new Stages(
                    prepare + other.prepare, fold + other.fold, outputs + other.outputs, database + other.database);
        }
    }

    /** When a micro-batch was committed, milliseconds since 1970, and how many milliseconds that took, outputs included. */
    record Commit(long atMillis, double tookMillis) {}

    /** Latencies in milliseconds, whole and by stage. */
    private static final class Latencies {
        private final Histogram whole = new Histogram(LONGEST, 3);
        private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);

        Latencies() {
            for (var stage : Stage.values()) {
                stages.put(stage, new Histogram(LONGEST, 3));
            }
        }

        void record(ReadBlocks.Arrival arrival, long read, Commit commit) {
            long arrived = arrival.millis();
            long computed = Math.max(read, commit.atMillis() - Math.round(commit.tookMillis()));
            record(whole, commit.atMillis() - arrived, arrival.records());
            record(at(Stage.WAITING), read - arrived, arrival.records());
            record(at(Stage.COMPUTING), computed - read, arrival.records());
            record(at(Stage.COMMITTING), commit.atMillis() - computed, arrival.records());
        }

        private Histogram at(Stage stage) {
            return Objects.requireNonNull(stages.get(stage));
        }

        private static void record(Histogram histogram, long millis, int records) {
            histogram.recordValueWithCount(Math.min(LONGEST, Math.max(0, millis)), records);
        }

        Map<Stage, Percentiles> byStage() {
            var all = new EnumMap<Stage, Percentiles>(Stage.class);
            stages.forEach((stage, histogram) -> all.put(stage, Percentiles.of(histogram)));
            return all;
        }
    }

    private Latencies warmUp = new Latencies();
    private Latencies warm = new Latencies();
    private Fates fates = Fates.NONE;
    private Stages stages = Stages.NONE;
    private long waiting;
    private long microBatches;
    private long firstRead;
    private long lastCommit;

    synchronized void committed(
            Changes changes, StreamLedger.Entry entry, List<ReadBlocks.Arrival> arrivals, Commit commit) {
        fates = fates.plus(changes.total());
        waiting = changes.waiting();
        microBatches++;
        if (!arrivals.isEmpty()) {
            firstRead = firstRead == 0 ? entry.readMillis() : firstRead;
            lastCommit = commit.atMillis();
            for (var arrival : arrivals) {
                var latencies = arrival.millis() - firstRead < WARM_UP.toMillis() ? warmUp : warm;
                latencies.record(arrival, entry.readMillis(), commit);
            }
        }
    }

    synchronized void took(Stages more) {
        stages = stages.plus(more);
    }

    public synchronized Reading reading() {
        boolean enoughWarm = warm.whole.getTotalCount() > warmUp.whole.getTotalCount() / 10;
        var shown = enoughWarm ? warm : warmUp;
        return new Reading(
                fates,
                waiting,
                microBatches,
                (lastCommit - firstRead) / 1_000.0,
                Percentiles.of(shown.whole),
                shown.byStage(),
                enoughWarm ? warmUp.whole.getTotalCount() : 0,
                stages);
    }

    /** Leaves out what was measured so far, as after a warm-up. */
    public synchronized void restartLatency() {
        warmUp = new Latencies();
        warm = new Latencies();
    }
}
