package dev.tandem.fold;

import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.model.Window.Span;
import java.util.List;

/**
 * What the fold keeps of a record whose part it may have to take back, without its bytes.
 *
 * @param rememberedMicros the latest event time among the copies of its key: the key is remembered from there
 */
record Part(Coordinates at, long eventMicros, List<Contribution> contributions, long rememberedMicros) {
    static Part of(Prepared record) {
        return new Part(
                record.at(),
                record.eventMicros(),
                record.exit().isPresent() ? List.of() : record.contributions(),
                record.eventMicros());
    }

    /** The copy that takes this one's place. */
    Part replacedBy(Part newer) {
        return new Part(
                newer.at, newer.eventMicros, newer.contributions, Math.max(rememberedMicros, newer.rememberedMicros));
    }

    void addTo(Groups groups, Span window, Contribution contribution) {
        groups.group(window, contribution.key()).add(contribution.arguments(), eventMicros, at);
    }
}
