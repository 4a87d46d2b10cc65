package dev.tandem.page.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records that were refused. {@code counts} by reason over all, {@code samples} the latest of them. */
public record Refusals(RefusalKind kind, Map<String, Long> counts, List<Sample> samples) {
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
