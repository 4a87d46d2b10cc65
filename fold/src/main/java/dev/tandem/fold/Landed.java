package dev.tandem.fold;

import dev.tandem.fold.Prepared.Rejection;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * A landed record: its position, arrival time and bytes, the micro-batch that read it, and what the stream did with it.
 *
 * @param rejection why it is in quarantine; {@link Rejection#NONE} of one that is not
 */
public record Landed(Coordinates at, long arrivedMillis, Prepared.Raw raw, long microBatch, As as, Rejection rejection)
        implements Serializable {
    /** A record that is not in quarantine, or of which nobody asks why it is. */
    public Landed(Coordinates at, long arrivedMillis, Prepared.Raw raw, long microBatch, As as) {
        this(at, arrivedMillis, raw, microBatch, as, Rejection.NONE);
    }

    /** Why it stays in quarantine without being judged again, if it does. */
    public Optional<Rejection> held() {
        return rejection.isHeld() ? Optional.of(rejection) : Optional.empty();
    }

    public enum As {
        /** Kept: accepted, late or filtered. */
        KEPT(0),
        QUARANTINED(1),
        DUPLICATE(2);

        private final int code;

        As(int code) {
            this.code = code;
        }

        /** The number it is stored and shipped as. */
        public int code() {
            return code;
        }

        public static As ofCode(int code) {
            return Arrays.stream(values())
                    .filter(as -> as.code == code)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
