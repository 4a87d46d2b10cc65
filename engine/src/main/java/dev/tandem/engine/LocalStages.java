package dev.tandem.engine;

import dev.tandem.fold.Changes;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.GroupPart;
import dev.tandem.fold.KeyPart;
import dev.tandem.fold.StreamDetail;
import dev.tandem.fold.StreamProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.spark.sql.SparkSession;

/**
 * The stages of a micro-batch that have state, in this process: records by dedup key, then groups by key, a thread for each
 * partition. What Spark would send through a shuffle is handed over as it is.
 *
 * <p>For one caller at a time.
 */
final class LocalStages implements AutoCloseable {
    private final FoldPlan plan;
    private final StreamDetail detail;
    private final StreamProgress progress;
    private final List<KeyPart> keyParts = new ArrayList<>();
    private final List<GroupPart> groupParts = new ArrayList<>();
    private final PartThreads threads;

    /** With {@code parts} partitions of either kind. */
    LocalStages(FoldPlan plan, StreamDetail detail, int parts, SparkSession session) {
        this.plan = plan;
        this.detail = detail;
        this.progress = new StreamProgress(plan);
        for (int part = 0; part < parts; part++) {
            keyParts.add(new KeyPart(plan));
            groupParts.add(new GroupPart(plan));
        }
        threads = new PartThreads(parts, session);
    }

    StreamProgress progress() {
        return progress;
    }

    int parts() {
        return keyParts.size();
    }

    /** Takes in a micro-batch, what each task has read of it in landed order; its watermark is at least {@code atLeast}, microseconds since 1970. */
    Changes apply(List<ReadBlocks> read, long atLeast) {
        var watermarks = progress.begin(atLeast);
        var task = new KeyPart.Task(progress.number(), watermarks, groupParts.size(), detail, KeyPart.Task.STREAM);
        var sent = threads.onEach(parts(), part -> keyParts.get(part).take(blocks(read, part), task));
        var reports = threads.onEach(parts(), part -> groupParts.get(part).take(ofGroups(sent, part), watermarks));
        return progress.end(sent.stream().map(KeyPart.Sent::report).toList(), reports);
    }

    private static List<byte[]> blocks(List<ReadBlocks> read, int part) {
        return read.stream().map(it -> it.blocks().get(part)).toList();
    }

    private static List<byte[]> ofGroups(List<KeyPart.Sent> sent, int part) {
        return sent.stream().map(it -> it.groups().get(part)).toList();
    }

    /** What {@code work} gives for each partition. */
    <T> List<T> onEach(IntFunction<T> work) {
        return threads.onEach(parts(), work);
    }

    /** Puts the state of new partitions together again. */
    <T> List<T> replays(Function<KeyPart, T> begin) {
        return keyParts.stream().map(begin).toList();
    }

    GroupPart groupPart(int part) {
        return groupParts.get(part);
    }

    /** Processor time since the last call, in nanoseconds. */
    long cpuNanos() {
        return threads.cpuNanos();
    }

    /** Open groups and remembered keys. */
    long stateRows() {
        return progress.groups() + keyParts.stream().mapToLong(KeyPart::size).sum();
    }

    FoldPlan plan() {
        return plan;
    }

    @Override
    public void close() {
        threads.close();
    }
}
