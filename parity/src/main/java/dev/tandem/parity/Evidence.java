package dev.tandem.parity;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.RecountResult;
import dev.tandem.model.Pipeline;
import dev.tandem.parity.traits.CommonTraits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * All that a comparison needs, gathered by whoever can reach the databases and the engine.
 *
 * @param shapes of the views that are compared
 * @param recount what both modes stored, and what they must have stored by an independent recount of the landed log
 * @param at the stream's watermarks at the cut: a window is compared when {@code at} closes it
 * @param facts what was measured while both modes ran
 */
public record Evidence(Pipeline pipeline, List<Shape> shapes, RecountResult recount, Watermarks at, Facts facts) {
    public Evidence {
        shapes = List.copyOf(shapes);
    }

    /** A micro-batch on the clock; {@code highestEvent} is the highest event time up to its end, microseconds since 1970. */
    public record Moment(Instant read, Instant committed, long highestEvent) {}

    /**
     * Measurements and circumstances.
     *
     * @param lastMicroBatch that the stream has committed; while it is the cut's, running totals can be compared
     * @param conservation per mode, records by fate
     * @param streamDefinition the definition's hash in the stream's run; both must be the pipeline's
     * @param streamDimensions the version of each dimension that the stream joined with
     * @param batchDimensions the version of each dimension that the batch joined with
     * @param quarantine records by rule, with an example each
     * @param timeline the stream's micro-batches by their numbers
     * @param cost by mode, of those that were measured
     * @param common as in {@link Report}
     */
    public record Facts(
            Instant now,
            EndOffsets cut,
            long lastMicroBatch,
            String streamDefinition,
            String batchDefinition,
            Map<String, String> streamDimensions,
            Map<String, String> batchDimensions,
            Map<String, Map<String, Long>> conservation,
            Report.Latency latency,
            Map<String, Report.Throughput> throughput,
            Map<String, String> quarantine,
            Map<String, String> versions,
            List<String> commands,
            NavigableMap<Long, Moment> timeline,
            Map<String, Report.Cost> cost,
            Map<String, CommonTraits> common) {
        boolean atCut() {
            return lastMicroBatch == cut.microBatch();
        }

        /** Whether both modes ran by the definition with this hash, which is the one that the recount uses. */
        boolean madeBy(String definition) {
            return streamDefinition.equals(definition) && batchDefinition.equals(definition);
        }

        boolean sameDimensions() {
            return streamDimensions.equals(batchDimensions);
        }
    }
}
