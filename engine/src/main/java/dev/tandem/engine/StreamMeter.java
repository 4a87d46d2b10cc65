package dev.tandem.engine;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Fates;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.StreamLedger;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a stream did and how fast: latency of each record from its arrival in the log until the transaction that counts it was
 * committed, so that its row can be read; and the span from the first read to the last commit. Safe to read from any thread.
 */
public final class StreamMeter {
    private static final long LONGEST = 3_600_000L * 24;

    /** A moment's reading; latencies in milliseconds, {@code seconds} from first read to last commit. */
    public record Reading(
            Fates fates,
            long waiting,
            long microBatches,
            double seconds,
            long samples,
            double p50,
            double p95,
            double p99,
            double max,
            Stages stages) {}

    /** Where the time of all micro-batches went, in milliseconds: reading and preparing, folding, other outputs, the database. */
    public record Stages(double prepare, double fold, double outputs, double database) {
        static final Stages NONE = new Stages(0, 0, 0, 0);

        Stages plus(Stages other) {
            return new Stages(
                    prepare + other.prepare, fold + other.fold, outputs + other.outputs, database + other.database);
        }
    }

    private final Histogram latency = new Histogram(LONGEST, 3);
    private Fates fates = Fates.NONE;
    private Stages stages = Stages.NONE;
    private long waiting;
    private long microBatches;
    private long firstRead;
    private long lastCommit;

    synchronized void committed(
            Changes changes, StreamLedger.Entry entry, List<Prepared> records, long committedMillis) {
        fates = fates.plus(changes.total());
        waiting = changes.waiting();
        microBatches++;
        if (!records.isEmpty()) {
            firstRead = firstRead == 0 ? entry.readMillis() : firstRead;
            lastCommit = committedMillis;
            for (var record : records) {
                latency.recordValue(Math.min(LONGEST, Math.max(0, committedMillis - record.arrivedMillis())));
            }
        }
    }

    synchronized void took(Stages more) {
        stages = stages.plus(more);
    }

    public synchronized Reading reading() {
        return new Reading(
                fates,
                waiting,
                microBatches,
                (lastCommit - firstRead) / 1_000.0,
                latency.getTotalCount(),
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(95),
                latency.getValueAtPercentile(99),
                latency.getMaxValue(),
                stages);
    }

    /** Leaves out what was measured so far, as after a warm-up. */
    public synchronized void restartLatency() {
        latency.reset();
    }
}
