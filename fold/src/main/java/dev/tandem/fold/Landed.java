package dev.tandem.fold;

import java.io.Serializable;
import java.util.Arrays;

/** A landed record: its position, arrival time and bytes, the micro-batch that read it, and what the stream did with it. */
public record Landed(Coordinates at, long arrivedMillis, Prepared.Raw raw, long microBatch, As as)
        implements Serializable {
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
