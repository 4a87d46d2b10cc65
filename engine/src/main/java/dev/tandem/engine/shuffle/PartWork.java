package dev.tandem.engine.shuffle;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction2;

/**
 * What a task does with the chunks of its parts.
 *
 * @param <R> what it answers
 */
public abstract class PartWork<R> extends AbstractFunction2<TaskContext, scala.collection.Iterator<Chunk>, R>
        implements Serializable {
    private static final long serialVersionUID = 1L;

    protected abstract R on(TaskContext task, Iterator<Chunk> chunks);

    @Override
    public final R apply(TaskContext task, scala.collection.Iterator<Chunk> chunks) {
        return on(task, CollectionConverters.asJava(chunks));
    }
}
