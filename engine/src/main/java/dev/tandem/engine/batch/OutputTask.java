package dev.tandem.engine.batch;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.engine.shuffle.PartWork;
import dev.tandem.sink.TaskFiles;
import dev.tandem.sink.TaskWriter;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/** Writes the chunks of a few parts to an output, where the task runs. */
final class OutputTask extends PartWork<TaskFiles> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<BatchSetup> setup;
    private final OutputChunks of;
    private final TaskWriter writer;

    OutputTask(Broadcast<BatchSetup> setup, OutputChunks of, TaskWriter writer) {
        this.setup = setup;
        this.of = of;
        this.writer = writer;
    }

    @Override
    protected TaskFiles on(TaskContext task, Iterator<Chunk> chunks) {
        return writer.write(
                task.partitionId(),
                task.taskAttemptId(),
                of.tuples(setup.value().plan(), chunks));
    }
}
