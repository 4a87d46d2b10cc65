package dev.tandem.engine.stream;

import dev.tandem.engine.stage.StateShare;
import java.util.List;

/** The most that a stream has held in memory at once. */
final class StateSize {
    private long rows;
    private long bytes;

    void seen(List<StateShare> shares) {
        rows = Math.max(rows, shares.stream().mapToLong(StateShare::rows).sum());
        bytes = Math.max(bytes, shares.stream().mapToLong(StateShare::bytes).sum());
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }
}
