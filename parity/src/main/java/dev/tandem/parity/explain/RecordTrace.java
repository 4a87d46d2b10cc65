package dev.tandem.parity.explain;

import dev.tandem.fold.Coordinates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One record's way through both modes.
 *
 * @param event its event time; empty where a rule refused it
 * @param microBatch the one of the stream that read it
 * @param watermark windows that end at or before it refused records in that micro-batch; empty before the first event
 * @param raw its bytes as one line of text, cut
 * @param stream what the stream did with it, in words
 * @param batch what the batch did with it
 * @param copies all records of its dedup key in landed order, itself too; empty where it has none
 */
public record RecordTrace(
        String pipeline,
        Coordinates at,
        Instant arrival,
        Optional<Instant> event,
        long microBatch,
        Optional<Instant> watermark,
        String raw,
        String stream,
        String batch,
        List<StepLine> steps,
        List<Copy> copies,
        List<RowLine> rows) {

    /**
     * The record after a step.
     *
     * @param step in the words of the definition
     * @param changed the columns that the step has set, all of them for the first; values as text
     * @param outcome what became of the record here, in words; empty if it went on
     */
    public record StepLine(String step, Map<String, String> changed, String outcome) {}

    /** @param landed what the stream then did with it: kept, quarantined, duplicate */
    public record Copy(Coordinates at, long microBatch, String landed) {}

    /**
     * A row that the record contributes to.
     *
     * @param end empty for a window over everything
     * @param inStream whether the stream counts it there
     * @param refused whether the window had closed when the record came
     * @param why one mode alone counts it, as a cause's code; empty where they agree
     * @param values the row's measures as both modes have stored them; empty where the view has no table
     */
    public record RowLine(
            String view,
            Optional<Instant> start,
            Optional<Instant> end,
            Map<String, String> key,
            boolean inStream,
            boolean inBatch,
            boolean refused,
            Optional<String> why,
            Map<String, BothValues> values) {}

    /** As text; empty where the mode has no row. */
    public record BothValues(Optional<String> stream, Optional<String> batch) {}

    /** Bytes as one line of text, cut. */
    public static String line(byte[] raw) {
        return OneLine.of(raw);
    }
}
