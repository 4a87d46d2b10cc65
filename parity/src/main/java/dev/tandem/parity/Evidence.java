package dev.tandem.parity;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.RecountResult;
import dev.tandem.model.Pipeline;
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
     * What a mode's run used.
     *
     * @param definition its hash
     * @param dimensions the version of each that was joined with
     */
    public record RunVersions(String definition, Map<String, String> dimensions) {}

    /**
     * Measurements and circumstances.
     *
     * @param lastMicroBatch that the stream has committed; while it is the cut's, running totals can be compared
     * @param timeline the stream's micro-batches by their numbers
     */
    public record Facts(
            EndOffsets cut,
            long lastMicroBatch,
            RunVersions stream,
            RunVersions batch,
            NavigableMap<Long, Moment> timeline,
            Report.Runs runs,
            Report.Refusals refusals,
            Report.Provenance provenance) {
        boolean atCut() {
            return lastMicroBatch == cut.microBatch();
        }

        /** Whether both modes ran by the definition with this hash, which is the one that the recount uses. */
        boolean madeBy(String definition) {
            return stream.definition().equals(definition) && batch.definition().equals(definition);
        }

        boolean sameDimensions() {
            return stream.dimensions().equals(batch.dimensions());
        }
    }
}
