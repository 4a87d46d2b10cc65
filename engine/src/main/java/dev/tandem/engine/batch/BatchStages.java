package dev.tandem.engine.batch;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.Settings;
import dev.tandem.fold.BatchTotals;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.RowBlocks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.model.Reason;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * A batch as one Spark job of three stages with shuffles between them: read, decide by dedup key, count by group key. The result
 * stays on the disks of the executors, from where the driver fetches a few parts at a time; a part that is lost is made again from
 * the log. To be closed.
 */
public final class BatchStages implements AutoCloseable {
    private final SparkSession session;
    private final SparkContext context;
    private final BatchSetup setup;
    private final Broadcast<BatchSetup> shared;
    private final ShuffledRDD<Object, byte[], byte[]> toKeys;
    private final ShuffledRDD<Object, byte[], byte[]> toResult;
    private final ResultStage result;
    private final BatchTotals totals = new BatchTotals();
    private final List<ResultRow> tops;
    private long waitingInSessions;

    /** Runs the stages; {@code read} has a partition for each slice, with the slice's blocks by dedup key, packed. */
    public BatchStages(BatchSetup setup, RDD<byte[]> read, SparkSession session) {
        this.setup = setup;
        this.session = session;
        context = session.sparkContext();
        shared = context.broadcast(setup, ClassTag$.MODULE$.apply(BatchSetup.class));
        toKeys = Slot.shuffle(new SliceBlocks(read), setup.parts().keys());
        toResult = Slot.shuffle(new DecideStage(toKeys, shared), setup.parts().receivers());
        result = new ResultStage(toResult, shared);
        result.persist(StorageLevel.DISK_ONLY());
        try {
            tops = summed();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private List<ResultRow> summed() {
        var offers = new ArrayList<byte[]>();
        int groups = setup.parts().groups();
        var wanted = new ArrayList<Integer>();
        for (int part = 0; part < setup.parts().receivers(); part++) {
            wanted.add(part);
        }
        var summaries = fetch(wanted, new Summary());
        for (int part = 0; part < groups; part++) {
            var in = new BlockReader(summaries.get(part).get(0).bytes());
            waitingInSessions += in.readLong();
            offers.add(in.readBytes());
        }
        totals.merge(new BlockReader(
                summaries.get(setup.parts().receiverOfTotals()).get(0).bytes()));
        return BatchTotals.tops(setup.plan(), offers, setup.at());
    }

    /** What a task takes of its part's chunks. */
    private abstract static class Take extends AbstractFunction2<TaskContext, scala.collection.Iterator<Chunk>, Chunk[]>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Chunk[] apply(TaskContext task, scala.collection.Iterator<Chunk> chunks) {
            var taken = new ArrayList<Chunk>();
            take(CollectionConverters.asJava(chunks), taken);
            return taken.toArray(Chunk[]::new);
        }

        abstract void take(Iterator<Chunk> chunks, List<Chunk> taken);
    }

    private static final class Summary extends Take {
        private static final long serialVersionUID = 1L;

        /** A part begins with its summary, if it has one. */
        @Override
        void take(Iterator<Chunk> chunks, List<Chunk> taken) {
            if (chunks.hasNext()) {
                var first = chunks.next();
                if (first.of() == Chunk.SUMMARY) {
                    taken.add(first);
                }
            }
        }
    }

    /** All chunks from number {@code from} to {@code to}. */
    private static final class Between extends Take {
        private static final long serialVersionUID = 1L;

        private final int from;
        private final int to;

        Between(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        void take(Iterator<Chunk> chunks, List<Chunk> taken) {
            chunks.forEachRemaining(it -> {
                if (it.of() >= from && it.of() <= to) {
                    taken.add(it);
                }
            });
        }
    }

    private List<List<Chunk>> fetch(List<Integer> parts, Take take) {
        try {
            return Settings.of(session, () -> {
                var wanted =
                        CollectionConverters.asScala(List.<Object>copyOf(parts)).toSeq();
                var taken = (Chunk[][]) context.runJob(result, take, wanted, ClassTag$.MODULE$.apply(Chunk[].class));
                var lists = new ArrayList<List<Chunk>>();
                for (var each : taken) {
                    lists.add(List.of(each));
                }
                return lists;
            });
        } catch (Exception e) { // Spark's own are checked, and Scala does not declare them
            throw failure(e);
        }
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
                : new EngineException("Cannot go on with %s: %s".formatted(setup.run(), Reason.of(failure)), failure);
    }

    public BatchTotals totals() {
        return totals;
    }

    /** Records that wait for a window that had not closed at the cut. */
    public long waiting() {
        return totals.waiting(setup.at().close()) + waitingInSessions;
    }

    /** The rows of views that rank another one's. */
    public List<ResultRow> tops() {
        return tops;
    }

    /** The rows of all grouped views, fetched while they are asked for. */
    public Iterator<ResultRow> rows() {
        return rows(0, setup.plan().grouped().size() - 1);
    }

    /** The rows of the grouped view of this number. */
    public Iterator<ResultRow> rows(int view) {
        return rows(view, view);
    }

    private Iterator<ResultRow> rows(int from, int to) {
        var blocks = new RowBlocks(setup.plan());
        return new Fetched<>(0, setup.parts().groups(), new Between(from, to), blocks::read);
    }

    /** Records that passed every step, without their contributions. */
    public Iterator<Prepared> events() {
        return records(Chunk.EVENTS);
    }

    /** Records that went to a side output, likewise. */
    public Iterator<Prepared> sideOutputs() {
        return records(Chunk.SIDE_OUTPUTS);
    }

    /** Records that a rule refused. */
    public Iterator<Prepared> quarantined() {
        return records(Chunk.QUARANTINED);
    }

    private Iterator<Prepared> records(int of) {
        int from = setup.parts().groups();
        return new Fetched<>(from, from + setup.parts().records(), new Between(of, of), PackedRecords::readForOutputs);
    }

    /** Reads one thing after the other of the chunks of some parts, of which a few are here at a time. */
    private final class Fetched<T> implements Iterator<T> {
        private final int end;
        private final Take take;
        private final Function<BlockReader, T> read;
        private final Queue<Chunk> chunks = new ArrayDeque<>();
        private BlockReader in = new BlockReader(new byte[0]);
        private int next;

        Fetched(int from, int end, Take take, Function<BlockReader, T> read) {
            this.next = from;
            this.end = end;
            this.take = take;
            this.read = read;
        }

        @Override
        public boolean hasNext() {
            while (!in.hasMore() && (!chunks.isEmpty() || next < end)) {
                if (chunks.isEmpty()) {
                    fetchMore();
                } else {
                    in = new BlockReader(chunks.remove().bytes());
                }
            }
            return in.hasMore();
        }

        private void fetchMore() {
            var parts = new ArrayList<Integer>();
            for (int left = context.defaultParallelism(); left > 0 && next < end; left--) {
                parts.add(next++);
            }
            fetch(parts, take).forEach(chunks::addAll);
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return read.apply(in);
        }
    }

    @Override
    public void close() {
        if (context.isStopped()) {
            return;
        }
        result.unpersist(true);
        forget(toKeys);
        forget(toResult);
        shared.destroy();
    }

    /** Deletes the shuffle's files, which nobody reads any more. */
    private void forget(RDD<?> shuffled) {
        var dependency = (ShuffleDependency<?, ?, ?>) shuffled.dependencies().head();
        context.cleaner().foreach(cleaner -> {
            cleaner.doCleanupShuffle(dependency.shuffleId(), false);
            return null;
        });
    }
}
