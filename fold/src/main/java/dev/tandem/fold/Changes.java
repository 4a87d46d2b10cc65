package dev.tandem.fold;

import dev.tandem.model.Window.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that one micro-batch changes, to be committed in one transaction or not at all. Its records are without their contributions to
 * views, which have been counted.
 *
 * @param number counts micro-batches from 1, those without data too
 * @param landed records to keep as they arrived: accepted and late ones, those that a step led out, and later copies that count
 * @param quarantined records with the rule that refused them
 * @param duplicates records whose key was seen before, with where
 * @param late what was refused: the record, the view and the window
 * @param rows result rows to upsert
 * @param gone rows that were written and are none any more: a session that grew has another window, a value changed past {@code having};
 *     to be deleted before {@code rows} are written, one of which may have the same row key
 * @param events records that passed every step, late ones too; where the last copy counts, each copy, so upsert them by key
 * @param branches what was split off, by branch
 * @param unmatched records without a row in a dimension, by dimension
 * @param fates by source partition
 * @param highestEvent the highest event time so far, microseconds since 1970
 * @param waiting records counted in a window that is still open
 */
public record Changes(
        long number,
        Watermarks watermarks,
        List<Prepared> landed,
        List<Prepared> quarantined,
        List<Duplicate> duplicates,
        List<Late> late,
        List<ResultRow> rows,
        List<ResultRow.Id> gone,
        List<Prepared> events,
        Map<String, List<Prepared>> branches,
        Map<String, Long> unmatched,
        Map<Integer, Fates> fates,
        long highestEvent,
        long waiting,
        Set<Span> closed) {
    public record Duplicate(Prepared record, Coordinates of) {}

    /**
     * A record that came after {@code window} had closed for {@code view}.
     *
     * @param at where the record is in the log
     * @param eventMicros its event time, microseconds since 1970
     * @param arrivedMillis its arrival time, milliseconds since 1970
     * @param whole whether no window took it
     */
    public record Late(Coordinates at, long eventMicros, long arrivedMillis, String view, Span window, boolean whole) {}

    public Fates total() {
        return fates.values().stream().reduce(Fates.NONE, Fates::plus);
    }
}
