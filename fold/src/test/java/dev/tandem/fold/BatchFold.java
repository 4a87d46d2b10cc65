package dev.tandem.fold;

import dev.tandem.fold.batch.BatchGroupPart;
import dev.tandem.fold.batch.BatchKeyPart;
import dev.tandem.fold.batch.BatchTotals;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.stream.KeyPart;
import dev.tandem.fold.stream.KeyReport;
import dev.tandem.fold.stream.StreamDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A whole batch in one thread, with three partitions by dedup key and two by group key. */
final class BatchFold {
    private static final int KEY_PARTS = 3;
    private static final int GROUP_PARTS = 2;
    private static final int DRAINED = 7;

    private final FoldPlan plan;
    private final Watermarks at;
    private final List<BatchKeyPart> keyParts = new ArrayList<>();
    private final List<BatchGroupPart> groupParts = new ArrayList<>();
    private final BatchTotals totals = new BatchTotals();
    private final Set<Coordinates> events = new TreeSet<>();

    BatchFold(FoldPlan plan, Watermarks at) {
        this.plan = plan;
        this.at = at;
        for (int part = 0; part < KEY_PARTS; part++) {
            keyParts.add(new BatchKeyPart(plan));
        }
        for (int part = 0; part < GROUP_PARTS; part++) {
            groupParts.add(new BatchGroupPart(plan));
        }
    }

    /** Takes in a part of the log. */
    void take(List<Prepared> records) {
        for (int part = 0; part < KEY_PARTS; part++) {
            var block = new BlockWriter();
            for (var record : records) {
                long by = record.identity().map(Identity::low).orElse(0L);
                if (Math.floorMod(by, (long) KEY_PARTS) == part) {
                    PackedRecords.write(record, block);
                }
            }
            send(keyParts.get(part).take(List.of(block.toByteArray()), task()));
        }
    }

    private KeyPart.Task task() {
        return new KeyPart.Task(0, Watermarks.NONE, GROUP_PARTS, new StreamDetail(false, true, true, true), at.close());
    }

    private void send(KeyPart.Output sent) {
        for (int part = 0; part < GROUP_PARTS; part++) {
            groupParts.get(part).take(List.of(sent.groups().get(part)));
        }
        totals.add(sent.report(), (bytes, from, end, quarantined) -> {
            var in = new BlockReader(bytes, from, end);
            while (!quarantined && in.hasMore()) {
                int destinations = in.readByte();
                var record = PackedRecords.read(in);
                if ((destinations & KeyReport.EVENT) != 0) {
                    events.add(record.at());
                }
            }
        });
    }

    /** Ends the log. */
    BatchFold end() {
        for (var part : keyParts) {
            for (Optional<KeyPart.Output> sent = part.drain(DRAINED, task());
                    sent.isPresent();
                    sent = part.drain(DRAINED, task())) {
                send(sent.get());
            }
        }
        return this;
    }

    List<ResultRow> rows() {
        var rows = new ArrayList<>(BatchTotals.tops(
                plan, groupParts.stream().map(BatchGroupPart::offers).toList(), at));
        groupParts.forEach(part -> part.rows(at).forEachRemaining(rows::add));
        return rows;
    }

    long waiting() {
        return totals.waiting(at.close())
                + groupParts.stream()
                        .mapToLong(part -> part.waiting(at.close()))
                        .sum();
    }

    BatchTotals totals() {
        return totals;
    }

    /** The records that passed every step and count. */
    Set<Coordinates> events() {
        return events;
    }
}
