package dev.tandem.sink;

import java.io.Serializable;
import java.util.Iterator;

/** Writes what one task of a batch gives to an output. */
public interface TaskWriter extends Serializable {
    /**
     * Writes {@code tuples} into files of this attempt alone, so that a task which Spark runs again or twice spoils nothing.
     *
     * @param task numbers the tasks from 0; their files are named after it
     * @throws SinkException if they cannot be written
     */
    TaskFiles write(int task, long attempt, Iterator<Tuple> tuples);
}
