package dev.tandem.parity.explain;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.RowShares;
import dev.tandem.model.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that explaining one row needs.
 *
 * @param now counted as the stream must have up to its last micro-batch
 * @param cut counted in both modes up to the cut of the batch
 */
public record RowEvidence(
        Pipeline pipeline,
        Shape shape,
        RowKey row,
        Stored stored,
        Counted now,
        Counted cut,
        Circumstances circumstances) {

    /** What a mode has stored. */
    public sealed interface Cell {
        /** The view has no table, so that there is nothing to hold the recount against. */
        record NoTable() implements Cell {}

        record NoRow() implements Cell {}

        record Values(List<@Nullable Object> measures) implements Cell {}
    }

    public record Stored(Cell stream, Cell batch) {}

    /**
     * What a recount says of the row.
     *
     * @param written the row as the stream must have written it, if it has
     * @param batch the row as the batch must have it
     */
    public record Counted(
            RowShares shares, Optional<List<@Nullable Object>> written, Optional<List<@Nullable Object>> batch) {}

    /**
     * @param closed whether the row's window has closed in the stream
     * @param ledger the watermarks of each micro-batch
     * @param sameDimensions whether both modes joined with the same versions
     */
    public record Circumstances(
            boolean closed,
            Explanation.Mode stream,
            Explanation.Mode batch,
            boolean sameDimensions,
            Map<Long, Watermarks> ledger,
            Records records) {}

    /**
     * @param landed the records that are shown, by their place
     * @param counterparts for a copy that a mode does not count, the one that the batch counts
     */
    public record Records(Map<Coordinates, Landed> landed, Map<Coordinates, Coordinates> counterparts) {}
}
