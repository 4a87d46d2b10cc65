package dev.tandem.engine.stage;

import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.stream.GroupPart.Stopped;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** What a task does to a partition by dedup key. */
sealed interface KeyWork extends Serializable {
    /**
     * What a task works with.
     *
     * @param part the number of its partition
     * @param attempt the task's own id, which no other attempt has
     * @param pieces what it was sent, in landed order
     */
    record Input(StageSetup setup, int part, long attempt, List<Piece> pieces) {}

    /** Makes a block for each partition by group key. */
    DecidedPart of(HeldKeys held, Input given);

    /** Decides the records of a micro-batch. */
    record Decide(
            long number, Watermarks watermarks, @Nullable SegmentLanding landing) implements KeyWork {
        private static final long serialVersionUID = 1L;

        @Override
        public DecidedPart of(HeldKeys held, Input given) {
            var blocks = given.pieces().stream().map(Piece::block).toList();
            var fates = Optional.ofNullable(landing).map(it -> it.fates(given.part(), given.attempt()));
            return DecidedPart.of(held.part(), blocks, given.setup().task(number, watermarks), fates);
        }
    }

    /** Takes in again what was landed before. */
    record Replay(Broadcast<Stopped> stopped) implements KeyWork {
        private static final long serialVersionUID = 1L;

        @Override
        public DecidedPart of(HeldKeys held, Input given) {
            var replay = held.replay(stopped.value(), given.setup().parts());
            given.pieces().forEach(it -> Replays.take(new BlockReader(it.block()), replay, stopped.value()));
            return DecidedPart.NOTHING;
        }
    }

    /** Ends that. */
    record EndReplay(Broadcast<Stopped> stopped) implements KeyWork {
        private static final long serialVersionUID = 1L;

        @Override
        public DecidedPart of(HeldKeys held, Input given) {
            var sent = held.replay(stopped.value(), given.setup().parts()).done();
            held.replayed();
            return new DecidedPart(sent, List.of());
        }
    }
}
