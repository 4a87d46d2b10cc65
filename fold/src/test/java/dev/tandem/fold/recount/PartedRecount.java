package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.Recount.Deviants;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A recount in parts as the engine runs it, with lists for files: recounts by dedup key hand their rows over to parts by row, those
 * send what top views choose from to parts by window.
 */
public final class PartedRecount {
    private static final int KEY_PARTS = 3;
    private static final int ROW_PARTS = 4;
    private static final int MARK_PARTS = 2;
    private static final int TOP_PARTS = 3;

    /** The blocks of each part. */
    private static final class Blocks implements PartWriter.Target {
        private final List<List<byte[]>> parts = new ArrayList<>();

        Blocks(int count) {
            for (int part = 0; part < count; part++) {
                parts.add(new ArrayList<>());
            }
        }

        @Override
        public void take(int part, byte[] block, int length) {
            parts.get(part).add(Arrays.copyOf(block, length));
        }
    }

    private final FoldPlan plan;
    private final Watermarks at;
    private final Recount total;
    private final List<Recount> recounts = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final Blocks rows = new Blocks(ROW_PARTS);
    private final Blocks marks = new Blocks(MARK_PARTS);
    private final Blocks tops = new Blocks(TOP_PARTS);
    private final Map<String, ResultRow> batch = new TreeMap<>();
    private final Map<String, ResultRow> stream = new TreeMap<>();
    private final Map<String, Map<Deviation, Deviants>> reasons = new TreeMap<>();
    private final Map<Deviation, Long> deviants = new TreeMap<>();
    private long waiting;
    private long taken;

    public PartedRecount(FoldPlan plan, Map<Long, Watermarks> ledger, Watermarks at) {
        this.plan = plan;
        this.at = at;
        this.total = Recount.ofBoth(plan, ledger);
        for (int part = 0; part < KEY_PARTS; part++) {
            recounts.add(Recount.ofBoth(plan, ledger));
            handovers.add(new Handover(new PartWriter(ROW_PARTS, rows), new PartWriter(MARK_PARTS, marks), at.close()));
        }
    }

    /** Takes the next record; rows are handed over every few of them. */
    public void take(Prepared record, long microBatch, Landed.As as) {
        int part = Math.floorMod(record.identity().orElseThrow().hashCode(), KEY_PARTS);
        recounts.get(part).take(record, microBatch, as);
        if (++taken % 7 == 0) {
            recounts.get(part).handOverRows(handovers.get(part));
        }
    }

    public void end() {
        for (int part = 0; part < KEY_PARTS; part++) {
            recounts.get(part).handOver(handovers.get(part));
            handovers.get(part).flush();
            total.merge(recounts.get(part));
        }
        var marking = new PartWriter(MARK_PARTS, marks);
        var ranking = new PartWriter(TOP_PARTS, tops);
        for (var part : rows.parts) {
            var counted = new RecountedPart(plan, at);
            part.forEach(counted::take);
            var out = new BlockWriter();
            counted.resolve(marking, ranking).write(views(), out);
            var resolved = ExpectedRows.read(plan, new BlockReader(out.toByteArray()));
            add(resolved.batch(), batch, resolved.reasons());
            add(resolved.stream(), stream, resolved.reasons());
        }
        marking.flush();
        ranking.flush();
        tops.parts.forEach(this::rank);
        deviants.putAll(total.deviantRecords());
        var sum = MarkedRecords.Counts.NONE;
        for (var part : marks.parts) {
            var marked = new MarkedRecords();
            part.forEach(marked::take);
            var out = new BlockWriter();
            marked.counts().write(out);
            sum = sum.plus(MarkedRecords.Counts.read(new BlockReader(out.toByteArray())));
        }
        sum.deviating().forEach((kind, records) -> deviants.merge(kind, records, Long::sum));
        waiting = sum.waiting() + total.waiting(at.close());
    }

    private void rank(List<byte[]> part) {
        var ranked = new RankedPart(plan, at);
        part.forEach(ranked::take);
        add(ranked.batchRows(views()), batch, ranked::reasons);
        add(ranked.streamRows(views()), stream, ranked::reasons);
    }

    private Set<String> views() {
        var views = new HashSet<String>();
        plan.shapes().forEach(it -> views.add(it.name()));
        return views;
    }

    private void add(List<ResultRow> made, Map<String, ResultRow> into, ComparedPart.Reasons why) {
        for (var row : made) {
            var id = row.view() + row.window() + row.key();
            if (into.put(id, row) != null) {
                throw new IllegalStateException("Two parts have the row " + id);
            }
            reasons.put(id, why.of(row.view(), row.window(), row.key()));
        }
    }

    /** What is told of deviations in rows of a view that is ranked, to the part that ranks it. */
    public Map<Deviation, Deviants> asked(ResultRow ranked, String of, Span window, int keys) {
        var part = new RankedPart(plan, at);
        part.ask(ranked);
        tops.parts.get(new RowParts(TOP_PARTS).ofRanks(ranked.view(), window)).forEach(part::take);
        return part.reasons(of, window, ranked.measures().subList(0, keys));
    }

    Map<String, ResultRow> batch() {
        return batch;
    }

    /** In the words of {@code AnyDefinitionTest.told}. */
    public List<Object> told() {
        return List.of(
                batch,
                stream,
                reasons,
                deviants,
                total.reasons(),
                total.splits(),
                total.unmatched(),
                total.fates(),
                waiting);
    }
}
