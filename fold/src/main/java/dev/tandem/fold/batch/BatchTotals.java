package dev.tandem.fold.batch;

import dev.tandem.fold.Fates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.TopRanks;
import dev.tandem.fold.stream.KeyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a batch counts beside its views, in one partition or in all of them. What it holds does not grow with records. One thread. */
public final class BatchTotals {
    /** Takes records that outputs want: packed, each behind a byte that says where it goes. */
    public interface Records {
        /** Records behind their destinations, and quarantined records without; each part of the array is to be used at once. */
        void take(byte[] bytes, int from, int end, boolean quarantined);
    }

    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, Long> splits = new TreeMap<>();
    private final Map<String, Long> unmatched = new TreeMap<>();
    private final TreeMap<Long, Long> waiting = new TreeMap<>();
    private Fates fates = Fates.NONE;

    /** Adds the report of a partition by dedup key. */
    public void add(byte[] report, Records records) {
        var in = new BlockReader(report);
        for (int left = in.readInt(); left > 0; left--) {
            in.readInt();
            fates = fates.plus(Fates.read(in));
        }
        in.readLong();
        counts(in);
        take(KeyReport.part(in), false, records);
        take(KeyReport.part(in), true, records);
    }

    private static void take(BlockReader part, boolean quarantined, Records records) {
        if (part.hasMore()) {
            records.take(part.array(), part.position(), part.end(), quarantined);
        }
    }

    public Fates fates() {
        return fates;
    }

    /** Quarantined records by rule. */
    public Map<String, Long> reasons() {
        return reasons;
    }

    /** Records in side outputs, by branch. */
    public Map<String, Long> splits() {
        return splits;
    }

    /** Records without a row in a dimension, by dimension. */
    public Map<String, Long> unmatched() {
        return unmatched;
    }

    /** Records that wait for a window that ends after {@code close}; those that only wait for sessions are the partitions' own. */
    public long waiting(long close) {
        return waiting.tailMap(close, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Appends everything to {@code out}; {@link #merge} reads it. */
    public void write(BlockWriter out) {
        fates.write(out);
        out.writeCounts(unmatched);
        out.writeCounts(reasons);
        out.writeCounts(splits);
        out.writeInt(waiting.size());
        waiting.forEach((end, count) -> {
            out.writeLong(end);
            out.writeLong(count);
        });
    }

    /** Adds what {@link #write} of another partition wrote. */
    public void merge(BlockReader in) {
        fates = fates.plus(Fates.read(in));
        counts(in);
    }

    private void counts(BlockReader in) {
        in.readCounts().forEach((name, count) -> unmatched.merge(name, count, Long::sum));
        in.readCounts().forEach((name, count) -> reasons.merge(name, count, Long::sum));
        in.readCounts().forEach((name, count) -> splits.merge(name, count, Long::sum));
        for (int left = in.readInt(); left > 0; left--) {
            waiting.merge(in.readLong(), in.readLong(), Long::sum);
        }
    }

    /** The rows of top views from what each partition {@link BatchGroupPart#offers}, open or closed as watermark {@code at} says. */
    public static List<ResultRow> tops(FoldPlan plan, List<byte[]> offers, Watermarks at) {
        var ranks = new TopRanks(plan);
        for (int part = 0; part < offers.size(); part++) {
            for (var in = new BlockReader(offers.get(part)); in.hasMore(); ) {
                ranks.offer(part, TopRanks.Local.read(in));
            }
        }
        var rows = new ArrayList<ResultRow>();
        ranks.settle(at, rows, new ArrayList<>());
        return rows;
    }
}
