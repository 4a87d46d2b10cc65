package dev.tandem.engine.definition;

import java.io.Serializable;

/** Looks at the records of a pass over the landed log while they are packed for something else. It travels to the tasks. */
public interface PassWatch extends Serializable {
    /** Looks at the records of one task. One thread. */
    interface Watching extends Workers.PackedSink {
        /** The last record has been taken. */
        void done();
    }

    /** Begins a task. */
    Watching begin();
}
