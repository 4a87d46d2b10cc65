package dev.tandem.fold.batch;

import dev.tandem.fold.FateTally;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.stream.KeyPart;
import dev.tandem.fold.stream.KeyReport;
import dev.tandem.model.Dedup;
import java.util.List;
import java.util.Optional;

/**
 * One of the partitions by dedup key of a batch: as {@link KeyPart}, with every key remembered until the end and no watermark. Where
 * the last copy of a record counts, copies are held back until {@link #drain}. One thread.
 */
public final class BatchKeyPart {
    private final KeyPart keys;
    private final Optional<LatestCopies> copies;

    /** For the plan of the stream. */
    public BatchKeyPart(FoldPlan plan) {
        keys = new KeyPart(plan.forBatch());
        copies = plan.keep() == Dedup.Keep.LAST ? Optional.of(new LatestCopies()) : Optional.empty();
    }

    /** Takes in the next part of the log, packed, in landed order. */
    public KeyPart.Output take(List<byte[]> blocks, KeyPart.Task task) {
        if (copies.isEmpty()) {
            return keys.take(blocks, task);
        }
        var duplicates = new FateTally();
        var passing = copies.get().take(blocks, duplicates);
        var sent = keys.take(List.of(passing), task);
        return new KeyPart.Output(sent.groups(), KeyReport.withFates(sent.report(), duplicates));
    }

    /** After the last part of the log: counts up to {@code records} of what was held back; empty when there is no more. */
    public Optional<KeyPart.Output> drain(int records, KeyPart.Task task) {
        var block = copies.map(it -> it.drain(records)).orElseGet(() -> new byte[0]);
        return new BlockReader(block).hasMore() ? Optional.of(keys.take(List.of(block), task)) : Optional.empty();
    }

    /** How many keys and held back records there are. */
    public long size() {
        return keys.size() + copies.map(LatestCopies::size).orElse(0);
    }
}
