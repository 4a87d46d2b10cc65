package dev.tandem.engine.stage;

import java.io.Serializable;

/**
 * Which change of a partition of state a task makes. A task may change a partition only if the one before was made to the same copy
 * of it: a task that runs again finds a number that is too high, a task in another process finds nothing.
 *
 * @param generation a later one never uses the state of an earlier one
 * @param number from 1, the change that makes the partition
 */
record Turn(String pipeline, long generation, long number) implements Serializable {
    private static final long serialVersionUID = 1L;

    Turn next() {
        return new Turn(pipeline, generation, number + 1);
    }
}
