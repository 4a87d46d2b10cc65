package dev.tandem.engine.stage;

import dev.tandem.engine.EngineException;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.KeyPart;

/** Landed records on their way back into a partition by dedup key. */
final class Replays {
    private Replays() {}

    /** Takes in a block of {@link PreparedRecords#landed}. */
    static void take(BlockReader in, KeyPart.Replay replay, Stopped stopped) {
        while (in.hasMore()) {
            long number = in.readLong();
            in.skip(1);
            var then = stopped.ledger().get(number);
            if (then == null) {
                throw new EngineException(
                        "Cannot rebuild the stream: a record was landed by micro-batch %d, which the ledger does not have; the landed log and the ledger do not belong together"
                                .formatted(number));
            }
            replay.take(number, then, in);
        }
    }
}
