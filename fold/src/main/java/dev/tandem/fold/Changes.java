package dev.tandem.fold;

import dev.tandem.model.Window.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that one micro-batch changes, to be committed in one transaction or not at all.
 *
 * @param number counts micro-batches from 1, those without data too
 * @param landed records to keep as they arrived: accepted and late ones
 * @param quarantined records with the rule that refused them
 * @param duplicates records whose key was seen before, with where
 * @param late what was refused: the record, the view and the window
 * @param rows result rows to upsert
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
        Map<Integer, Fates> fates,
        long highestEvent,
        long waiting,
        Set<Span> closed) {
    public record Duplicate(Prepared record, Coordinates of) {}

    /** A record that came after {@code window} had closed for {@code view}; {@code whole} if no window took it. */
    public record Late(Prepared record, String view, Span window, boolean whole) {}

    public Fates total() {
        return fates.values().stream().reduce(Fates.NONE, Fates::plus);
    }
}
