package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.recount.Recount.Deviation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives what each record contributes to each row of a grouped view, and which modes count it there. The recount calls it, so
 * that an explanation is based on the recount's own decisions. Not thread-safe.
 */
public interface PartLog {
    /** Takes nothing. */
    PartLog NONE = (piece, share) -> {};

    /** What the record at {@code at} contributes to a row: its event time, and an argument for each measure. */
    record Piece(RowKey row, Coordinates at, long eventMicros, List<@Nullable Object> arguments) {}

    /** Which modes count a piece. */
    enum Counted {
        BY_BOTH,
        BY_BATCH,
        BY_STREAM
    }

    /** Pieces that are counted alike; {@code why} one mode alone counts them, where one does. */
    record Share(Counted counted, Optional<Deviation> why) {
        public static final Share BOTH = new Share(Counted.BY_BOTH, Optional.empty());

        static Share of(boolean batch, boolean stream, Deviation why) {
            if (batch && stream) {
                return BOTH;
            }
            return new Share(batch ? Counted.BY_BATCH : Counted.BY_STREAM, Optional.of(why));
        }

        public boolean inBatch() {
            return counted != Counted.BY_STREAM;
        }

        public boolean inStream() {
            return counted != Counted.BY_BATCH;
        }
    }

    void take(Piece piece, Share share);
}
