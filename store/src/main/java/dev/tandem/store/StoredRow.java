package dev.tandem.store;

import dev.tandem.fold.Identity;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.model.Window.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result table. Values are Long (also for a column of INT), BigDecimal at the column's scale, Double, String,
 * Boolean, Instant, LocalDate or null.
 *
 * @param window {@link Span#ALL} for a view that is never cut
 * @param events how many records the row counts
 */
public record StoredRow(
        Identity rowKey,
        Span window,
        List<@Nullable Object> key,
        List<@Nullable Object> measures,
        Status status,
        int revision,
        long events,
        Instant asOf,
        String runId) {}
