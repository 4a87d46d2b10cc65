package dev.tandem.fold;

import dev.tandem.model.Window.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a stream's state together again from what it committed: the landed records with the micro-batch each came in, and the
 * ledger's watermarks. No state is stored apart, so none can disagree with the tables.
 */
public final class Rebuilding {
    private final StreamFold fold;
    private final Map<Long, Watermarks> ledger;
    private long replaying = -1;

    /** {@code ledger} has the watermarks of every micro-batch that landed a record to be replayed. */
    public Rebuilding(
            StreamFold fold, Map<Long, Watermarks> ledger, long lastNumber, Watermarks last, long highestEvent) {
        this.fold = fold;
        this.ledger = Map.copyOf(ledger);
        fold.continueFrom(lastNumber, last, highestEvent);
    }

    /**
     * Replays one landed record (neither quarantined nor duplicate) that came in micro-batch {@code number}. Records come in the
     * order they were landed in, so that a key counted again after it was forgotten is remembered from then on, and a later copy
     * takes the place of the right one.
     */
    public void replay(Prepared record, long number) {
        var then = ledger.get(number);
        if (then == null) {
            throw new IllegalStateException(
                    "Cannot rebuild the stream: record %s was landed by micro-batch %d, which the ledger does not know"
                            .formatted(record.at(), number));
        }
        if (number != replaying) {
            replaying = number;
            fold.replayFrom(then);
        }
        fold.replay(record, then);
    }

    /** Continues the revisions of a row that was written before the restart; {@code key} is the rank for a top view. */
    public void revision(String view, Span window, List<@Nullable Object> key, int revision) {
        fold.continueRevision(view, window, key, revision);
    }

    /** Ends the replay: what the stream had forgotten by then is forgotten again, and what it had written counts as written. */
    public void done() {
        fold.settle();
    }
}
