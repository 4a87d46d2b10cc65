package dev.tandem.engine.recount;

import dev.tandem.engine.stage.HeapGuard;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Watermarks;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * What the stages need to know of a recount.
 *
 * @param run what is run, as in "the comparison of 'orders'"
 * @param ledger the watermarks of each micro-batch of the stream
 * @param at those at the cut
 * @param views the views that both modes have stored
 * @param here whether the tasks run in the driver's process
 */
public record RecountSetup(
        String run,
        FoldPlan plan,
        Map<Long, Watermarks> ledger,
        Watermarks at,
        Set<String> views,
        RecountParts parts,
        boolean here)
        implements Serializable {
    HeapGuard heap() {
        return here ? new HeapGuard(run) : HeapGuard.ofExecutor(run);
    }
}
