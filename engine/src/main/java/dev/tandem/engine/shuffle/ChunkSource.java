package dev.tandem.engine.shuffle;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.Settings;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.model.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The chunks that a stage makes, fetched by the driver a few parts at a time. */
public final class ChunkSource {
    private final String run;
    private final RDD<Chunk> made;
    private final SparkSession session;
    private final SparkContext context;

    /** {@code run} is what is run, as in "the batch of 'orders'". */
    public ChunkSource(String run, RDD<Chunk> made, SparkSession session) {
        this.run = run;
        this.made = made;
        this.session = session;
        this.context = session.sparkContext();
    }

    /** The chunks of the parts from {@code from} to before {@code end}, a list for each part. */
    public List<List<Chunk>> fetch(int from, int end, ChunkRange range) {
        try {
            return Settings.of(session, () -> {
                var parts =
                        IntStream.range(from, end).<Object>mapToObj(it -> it).toList();
                var taken = (Chunk[][]) context.runJob(
                        made,
                        range,
                        CollectionConverters.asScala(parts).toSeq(),
                        ClassTag$.MODULE$.apply(Chunk[].class));
                var lists = new ArrayList<List<Chunk>>();
                for (var each : taken) {
                    lists.add(List.of(each));
                }
                return lists;
            });
        } catch (Exception e) { // Spark's own are checked, and Scala does not declare them
            throw told(e);
        }
    }

    /**
     * What {@code tasks} tasks make of the chunks of the parts in {@code range}, in the order of the tasks; each works where its parts
     * are.
     */
    public <R> List<R> make(PartRange range, int tasks, PartWork<R> work, Class<R> answer) {
        try {
            return Settings.of(session, () -> {
                var parts = new PartitionPruningRDD<>(made, range, ClassTag$.MODULE$.<Chunk>apply(Chunk.class))
                        .coalesce(tasks, false, Option.empty(), null);
                var answers = (Object[]) context.runJob(parts, work, ClassTag$.MODULE$.<R>apply(answer));
                return Arrays.stream(answers).map(answer::cast).toList();
            });
        } catch (Exception e) { // Spark's own are checked, and Scala does not declare them
            throw told(e);
        }
    }

    private RuntimeException told(Exception failure) {
        if (failure instanceof InterruptedException) {
            // A schedule goes on after a failed batch, and ends when it finds that it was interrupted.
            Thread.currentThread().interrupt();
        }
        return failure(failure);
    }

    /** What a task has thrown, as it would be thrown here. */
    private RuntimeException failure(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RuntimeException ours
                    && cause.getClass().getName().startsWith("dev.tandem.")) {
                return ours;
            }
        }
        return failure instanceof RuntimeException plain
                ? plain
                : new EngineException("Cannot go on with %s: %s".formatted(run, Reason.of(failure)), failure);
    }

    /** What {@code read} reads, one after the other, from the chunks of those parts; as many parts as there are cores are here at once. */
    public <T> Iterator<T> read(int from, int end, ChunkRange range, Function<BlockReader, T> read) {
        return new Fetched<>(from, end, range, read);
    }

    private final class Fetched<T> implements Iterator<T> {
        private final int end;
        private final ChunkRange range;
        private final Function<BlockReader, T> read;
        private final Queue<Chunk> chunks = new ArrayDeque<>();
        private BlockReader in = new BlockReader(new byte[0]);
        private int next;

        Fetched(int from, int end, ChunkRange range, Function<BlockReader, T> read) {
            this.next = from;
            this.end = end;
            this.range = range;
            this.read = read;
        }

        @Override
        public boolean hasNext() {
            while (!in.hasMore() && (!chunks.isEmpty() || next < end)) {
                if (chunks.isEmpty()) {
                    int until = Math.min(end, next + context.defaultParallelism());
                    fetch(next, until, range).forEach(chunks::addAll);
                    next = until;
                } else {
                    in = new BlockReader(chunks.remove().bytes());
                }
            }
            return in.hasMore();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return read.apply(in);
        }
    }

    /** Deletes the files of shuffles that nobody reads any more. */
    public static void forget(SparkContext context, List<? extends RDD<?>> shuffles) {
        for (var shuffled : shuffles) {
            var dependency =
                    (ShuffleDependency<?, ?, ?>) shuffled.dependencies().head();
            context.cleaner().foreach(cleaner -> {
                cleaner.doCleanupShuffle(dependency.shuffleId(), false);
                return null;
            });
        }
    }
}
