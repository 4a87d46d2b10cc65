package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.Groups;
import dev.tandem.fold.group.Rows;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows of grouped views in one part of a recount, made from what recounts have handed over. Top views need the rows of all
 * parts, so what they choose from is sent on. One thread.
 */
public final class RecountedPart {
    private final FoldPlan plan;
    private final Watermarks at;
    private final CountedRows counted;

    public RecountedPart(FoldPlan plan, Watermarks at) {
        this.plan = plan;
        this.at = at;
        this.counted = new CountedRows(plan);
    }

    /** Takes the next block of the part. */
    public void take(byte[] block) {
        counted.take(new BlockReader(block));
    }

    /** How many rows it has of both modes, those of sessions left out. */
    public long rows() {
        return Stream.concat(counted.batch.stream(), counted.stream.stream())
                .mapToLong(Groups::size)
                .sum();
    }

    /** The rows of a part, and why the modes part in them. */
    public static final class Resolved {
        private final FoldPlan plan;
        private final Rows rows;
        private final CountedRows counted;

        private Resolved(FoldPlan plan, Rows rows, CountedRows counted) {
            this.plan = plan;
            this.rows = rows;
            this.counted = counted;
        }

        /**
         * Writes what both modes must have stored of those grouped views that are among {@code views}, and the records that make
         * rows differ; {@link ExpectedRows} reads it.
         */
        public void write(Set<String> views, BlockWriter out) {
            ExpectedRows.write(plan, rows.written(rows.grouped(counted.stream, views)), out);
            ExpectedRows.write(plan, rows.grouped(counted.batch, views), out);
            counted.writeDeviations(out);
        }
    }

    /**
     * Ends the part.
     *
     * @param marks as in {@link Handover}
     * @param tops takes what top views choose from; {@link RankedPart} reads it
     */
    public Resolved resolve(PartWriter marks, PartWriter tops) {
        var resolved = counted.resolved();
        var marking = new Marks(marks);
        resolved.deviations.drainFound(marking::deviating);
        counted.sessions
                .values()
                .forEach(its -> its.forEachOfBatch((window, points) -> {
                    if (Watermarks.endMicros(window) > at.close()) {
                        points.forEach(point -> marking.waiting(point.at()));
                    }
                }));
        var ranks = new Candidates(plan, tops);
        ranks.offer(true, resolved.batch);
        ranks.offer(false, resolved.stream);
        ranks.offer(resolved.deviations);
        return new Resolved(plan, new Rows(plan, at), resolved);
    }
}
