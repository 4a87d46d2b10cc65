package dev.tandem.engine.stage;

import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;

/** A partition of state as an executor holds it. */
interface HeldState {
    /** Remembered keys or open groups. */
    long rows();

    /** Of the heap, estimated where objects are kept. */
    long bytes();

    /** Writes the state as it is after a micro-batch. */
    void write(StateSink sink);

    /** Takes in what {@link #write} wrote; this must be new. */
    void read(StateSource source);
}
