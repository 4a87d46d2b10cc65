package dev.tandem.engine.stream;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.stage.ReadBlocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Looks at the arrival times of a stream's first micro-batch. Some producers and old brokers leave timestamps at 1970; then every
 * record seems to come from the future and would be quarantined, one by one, where a single message says what is wrong.
 */
final class ArrivalCheck {
    private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);

    private ArrivalCheck() {}

    /**
     * @param log where the records come from
     * @throws EngineException if all of them arrived before 2000, or all of them more than a day after {@code now}
     */
    static void require(String log, List<ReadBlocks.Arrival> arrivals, Instant now) {
        var times = arrivals.stream().mapToLong(ReadBlocks.Arrival::millis).summaryStatistics();
        boolean old = times.getMax() < OLDEST.toEpochMilli();
        boolean ahead = times.getMin() > now.plus(AHEAD).toEpochMilli();
        if (times.getCount() > 0 && (old || ahead)) {
            throw new EngineException(
                    "Cannot use the timestamps of '%s' as arrival times: those of the first micro-batch are from %s to %s, and it is %s now. Write 'arrival: read' into the definition's source, so that a record arrives when it is read; or let the broker stamp the records (message.timestamp.type=LogAppendTime)"
                            .formatted(
                                    log,
                                    Instant.ofEpochMilli(times.getMin()),
                                    Instant.ofEpochMilli(times.getMax()),
                                    now));
        }
    }
}
