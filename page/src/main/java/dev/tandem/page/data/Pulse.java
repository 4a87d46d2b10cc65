package dev.tandem.page.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a pipeline is doing at this moment.
 *
 * @param at when this was read, by the server's clock
 * @param revision changes whenever anything but the pulse has changed: a micro-batch, a run, a comparison
 * @param fates records by fate since the beginning: read, counted, waiting, quarantined, duplicate, late, filtered, split
 * @param watermark the event time up to which windows are closed
 * @param highestEvent the highest event time seen
 * @param nextClose when, in event time, the next window closes
 * @param state what each partition of the running stream's state holds
 * @param start what a {@code tandem start} that is alive is at; empty where none is
 */
public record Pulse(
        String pipeline,
        Instant at,
        String revision,
        Activity stream,
        Latency latency,
        Optional<Long> lag,
        double recordsPerSecond,
        Map<String, Long> fates,
        long openWindows,
        long stateRows,
        Optional<Instant> watermark,
        Optional<Instant> highestEvent,
        Optional<Instant> nextClose,
        Optional<Instant> lastCommit,
        Optional<Cost> streamCost,
        Optional<Cost> batchCost,
        List<StatePart> state,
        Optional<Start> start) {

    /**
     * From arrival to commit, in milliseconds; empty where nothing was measured.
     *
     * @param target for the p95; empty where none is asked for, or none can be held against what was measured
     * @param measured of which records, in words
     */
    public record Latency(
            Optional<Double> p50,
            Optional<Double> p95,
            Optional<Double> p99,
            Optional<Double> target,
            String measured) {}

    /**
     * One partition of a stream's state.
     *
     * @param kind {@code keys} that are remembered, or open {@code groups}
     * @param bytes on the heap, estimated
     * @param place the process that holds it: {@code driver}, or an executor and its host
     */
    public record StatePart(String kind, int part, long rows, long bytes, String place) {}

    /**
     * A process that runs all of a pipeline.
     *
     * @param doing what it is at before it is fully up; empty afterwards
     * @param nextComparison when the next one begins; empty where none is planned
     */
    public record Start(Optional<String> doing, Optional<Instant> nextComparison) {}

    /** What a mode spent: per million records, and how fast it went. */
    public record Cost(double cpuSecondsPerMillion, double recordsPerSecond, long peakHeapBytes) {}
}
