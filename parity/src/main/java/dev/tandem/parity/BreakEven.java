package dev.tandem.parity;

import dev.tandem.model.Mode;
import java.time.Duration;
import java.util.Optional;

/** Whether a batch now and then would do, and what it would cost beside the stream: from what both used for the same records. */
final class BreakEven {
    private static final Duration USUAL = Duration.ofMinutes(10);

    private BreakEven() {}

    /** Empty where one of the modes was not measured, or where there is no rate because the input lay waiting. */
    static Optional<Report.BreakEven> of(Report.Runs runs) {
        var stream = runs.cost().get(Mode.STREAM);
        var batch = runs.cost().get(Mode.BATCH);
        var rate = runs.throughput().get(Mode.STREAM);
        if (stream == null || batch == null || rate == null || runs.latency().backlog()) {
            return Optional.empty();
        }
        if (stream.records() == 0 || batch.records() == 0 || stream.cpuSeconds() <= 0 || batch.cpuSeconds() <= 0) {
            return Optional.empty();
        }
        double ofStream = stream.cpuSeconds() / stream.records();
        double ofBatch = batch.cpuSeconds() / batch.records();
        double each = USUAL.toSeconds();
        double inOneRun = rate.eventsPerSecond() * each;
        double batchSeconds = batch.wallSeconds() / batch.records() * inOneRun;
        return Optional.of(new Report.BreakEven(
                USUAL,
                rate.eventsPerSecond(),
                ofBatch / ofStream,
                each + batchSeconds,
                runs.latency().p95() / 1_000,
                (long) Math.max(0, Math.floor(2 * ofStream / ofBatch - 1))));
    }
}
