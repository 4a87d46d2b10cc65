package dev.tandem.engine.stage;

import dev.tandem.fold.Watermarks;
import dev.tandem.fold.stream.GroupPart;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** What a task does to a partition by group key. */
sealed interface GroupWork extends Serializable {
    /** Gives the partition's report; {@code blocks} has one from each partition by dedup key, in their order. */
    byte[] of(GroupPart part, List<byte[]> blocks);

    /** Counts the groups of a micro-batch. */
    record Count(Watermarks watermarks) implements GroupWork {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] of(GroupPart part, List<byte[]> blocks) {
            return part.take(blocks, watermarks);
        }
    }

    /** Puts the groups together again. */
    record Rebuild(Broadcast<Stopped> stopped, Broadcast<List<WrittenRow>> written) implements GroupWork {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] of(GroupPart part, List<byte[]> blocks) {
            return part.rebuild(blocks, written.value(), stopped.value());
        }
    }
}
