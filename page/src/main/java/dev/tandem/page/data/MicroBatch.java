package dev.tandem.page.data;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A committed micro-batch; {@code fates} as in {@link Pulse}, {@code latencyMillis} from its first arrival to its commit. */
public record MicroBatch(
        long number,
        String runId,
        long records,
        Map<String, Long> fates,
        Optional<Instant> watermark,
        Instant readAt,
        Instant committedAt,
        Optional<Double> latencyMillis) {}
