package dev.tandem.engine.batch;

import dev.tandem.engine.stage.HeapGuard;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.stream.KeyPart;
import dev.tandem.fold.stream.StreamDetail;
import java.io.Serializable;

/**
 * What the stages need to know of a batch. The numbers of parts follow from the log alone, so that a batch gives the same rows in
 * the same order on every machine.
 *
 * @param run what is run, as in "the batch of 'orders'"
 * @param detail which records outputs want
 * @param at what has closed by the cut, for the status of rows
 * @param here whether the tasks run in the driver's process
 */
public record BatchSetup(String run, FoldPlan plan, StreamDetail detail, Watermarks at, BatchParts parts, boolean here)
        implements Serializable {
    KeyPart.Task task() {
        return new KeyPart.Task(0, Watermarks.NONE, parts.groups(), detail, at.close());
    }

    HeapGuard heap() {
        return here ? new HeapGuard(run) : HeapGuard.ofExecutor(run);
    }
}
