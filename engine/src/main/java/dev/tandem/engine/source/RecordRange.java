package dev.tandem.engine.source;

import java.io.Serializable;

/** Some records of a log, with all that a task needs to read them. A task that is tried again reads the same records. */
public interface RecordRange extends Serializable {
    /** Begins to read, in the order of partition and position. */
    RecordCursor read();
}
