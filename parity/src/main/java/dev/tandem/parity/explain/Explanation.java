package dev.tandem.parity.explain;

import dev.tandem.fold.Coordinates;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why one row has another number in the stream than in the batch, told whole.
 *
 * @param view the view that the row is of
 * @param start of the row's window; empty for a view over everything
 * @param key the key columns and their values, as text
 * @param closed whether the window has closed in the stream, so that the row is final there
 * @param measures those that differ; all of them if none does
 * @param causes in the order in which their records are put in
 */
public record Explanation(
        String pipeline,
        String definition,
        String view,
        Optional<Instant> start,
        Optional<Instant> end,
        Map<String, String> key,
        boolean closed,
        Mode stream,
        Mode batch,
        List<Bridge> measures,
        List<CauseRecords> causes) {

    /**
     * Where a mode stood when it gave its number.
     *
     * @param row the number's row is in the mode's table
     * @param definition the hash of the definition that the mode ran by
     * @param positions for each partition, the position after the last record that was read
     * @param watermark windows that end at or before it are closed; empty for a batch, which closes none, and before the first event
     * @param at when the last micro-batch was committed, or the batch ended
     * @param age how long that was ago
     */
    public record Mode(
            boolean row,
            String definition,
            long microBatch,
            Map<Integer, Long> positions,
            Optional<Instant> watermark,
            Instant at,
            Duration age) {}

    /**
     * One measure, from the stream's value to the batch's.
     *
     * @param additive whether each amount stands for itself; if not, it depends on the order of the steps
     * @param stream as text; empty where the stream has no row
     * @param difference what the batch has more, where the values are numbers
     * @param unexplained what the steps leave open; 0 unless Tandem is wrong
     */
    public record Bridge(
            String measure,
            boolean additive,
            Optional<String> stream,
            Optional<String> batch,
            Optional<BigDecimal> difference,
            List<Step> steps,
            BigDecimal unexplained) {
        public boolean agrees() {
            return stream.equals(batch);
        }

        /** Whether the steps lead from the one value to the other. */
        public boolean complete() {
            var last = steps.isEmpty() ? stream : steps.get(steps.size() - 1).to();
            return unexplained.signum() == 0 && (difference.isPresent() || last.equals(batch));
        }
    }

    /**
     * What one cause changes.
     *
     * @param cause its code
     * @param amount what the number gains by it; empty where the values are no numbers
     * @param from the value before, empty where there is no row
     * @param to the value after
     * @param records how many records are behind it
     */
    public record Step(
            String cause, Optional<BigDecimal> amount, Optional<String> from, Optional<String> to, long records) {}

    /** A cause with the first of its records, {@code meaning} and {@code hint} as in the report. */
    public record CauseRecords(String cause, String meaning, String hint, long records, List<RecordLine> first) {}

    /**
     * One record behind a cause.
     *
     * @param event its event time
     * @param arrival empty where the landed log could not be asked
     * @param microBatch the one of the stream that read it
     * @param watermark windows that end at or before it refused records in that micro-batch; empty before the first event
     * @param stream what the stream did with it, in words
     * @param batch what the batch did with it
     * @param arguments what it contributes to each measure, as text; empty for null
     * @param raw its bytes as one line of text, cut
     */
    public record RecordLine(
            Coordinates at,
            Instant event,
            Optional<Instant> arrival,
            long microBatch,
            Optional<Instant> watermark,
            String stream,
            String batch,
            Map<String, String> arguments,
            String raw) {
        /** From the event to the arrival. */
        public Optional<Duration> lateness() {
            return arrival.map(it -> Duration.between(event, it));
        }
    }
}
