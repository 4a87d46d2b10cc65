package dev.tandem.page.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records that were refused.
 *
 * @param total how many there are, by the ledger
 * @param counts by reason, of those that the database lists: all, or a sample where the landed log has the rest
 * @param samples the latest of them
 */
public record Refusals(RefusalKind kind, long total, Map<String, Long> counts, List<Sample> samples) {
    /**
     * One record.
     *
     * @param coordinates such as {@code 2-18113}, partition and position
     * @param raw as it arrived, bytes that are no text replaced; truncated where it is long
     */
    public record Sample(
            String coordinates,
            String reason,
            String detail,
            Instant at,
            Optional<Instant> eventTime,
            long microBatch,
            String raw) {}
}
