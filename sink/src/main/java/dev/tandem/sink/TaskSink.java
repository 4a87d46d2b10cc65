package dev.tandem.sink;

import java.util.List;

/**
 * A sink to which the tasks of a large batch write side by side: each task makes files of its own, which nobody sees until the
 * driver publishes all of them at once.
 */
public interface TaskSink extends Sink {
    /** Begins batch run {@code number}; the writer travels to the tasks. */
    TaskWriter begin(long number);

    /**
     * Shows the files that the tasks made, in place of those of the run before.
     *
     * @throws SinkException if a file is not where the driver looks for it: the executor that wrote it has another disk
     */
    void publish(long number, List<TaskFiles> made);
}
