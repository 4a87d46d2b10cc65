package dev.tandem.app.run;

import dev.tandem.engine.batch.BatchRun;
import dev.tandem.fold.Fates;
import java.util.Map;

/**
 * What a batch counted.
 *
 * @param waiting records in a window that had not closed at the cut
 * @param reasons quarantined records by rule
 * @param splits records in side outputs, by branch
 * @param unmatched records without a row in a dimension, by dimension
 */
record BatchCounts(
        Fates fates, long waiting, Map<String, Long> reasons, Map<String, Long> splits, Map<String, Long> unmatched) {
    static BatchCounts of(BatchRun run) {
        return new BatchCounts(run.fates(), run.waiting(), run.reasons(), run.splits(), run.unmatched());
    }
}
