package dev.tandem.engine.stage;

import dev.tandem.engine.source.RecordRange;
import dev.tandem.fold.Landed;
import java.util.List;
import java.util.Optional;
import org.apache.spark.rdd.RDD;

/**
 * The stage without state: raw records become packed ones. Each task gives one {@link ReadBlocks}, packed, or an empty one if it
 * read nothing.
 */
public interface PreparedRecords {
    /** The records of {@code ranges}, a task for each; they are landed if {@code landing} is there. */
    RDD<byte[]> microBatch(List<RecordRange> ranges, Optional<SegmentLanding> landing);

    /** The same, read by the driver: what each task has read, in the order of partition and position. */
    List<ReadBlocks> read(List<RecordRange> ranges, Optional<SegmentLanding> landing);

    /**
     * Records that were landed before. In the blocks each record follows the number of its micro-batch, a long, and how it was
     * landed, a byte.
     */
    RDD<byte[]> landed(List<Landed> records);
}
