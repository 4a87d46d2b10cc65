package dev.tandem.engine;

import dev.tandem.fold.Changes;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.GroupPart;
import dev.tandem.fold.KeyPart;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.StreamDetail;
import dev.tandem.fold.StreamProgress;
import dev.tandem.fold.Watermarks;
import dev.tandem.segments.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final int parts;
    private final StreamDetail detail;
    private StreamProgress progress;
    private final List<KeyPart> keyParts = new ArrayList<>();
    private final List<GroupPart> groupParts = new ArrayList<>();
    private final PartThreads threads;

    /** With {@code parts} partitions of either kind. */
    LocalStages(FoldPlan plan, StreamDetail detail, int parts, SparkSession session) {
        this.plan = plan;
        this.parts = parts;
        this.detail = detail;
        this.progress = new StreamProgress(plan);
        reset();
        threads = new PartThreads(parts, session);
    }

    /** Forgets all state. */
    void reset() {
        progress = new StreamProgress(plan);
        keyParts.clear();
        groupParts.clear();
        for (int part = 0; part < parts; part++) {
            keyParts.add(new KeyPart(plan));
            groupParts.add(new GroupPart(plan));
        }
    }

    /** Writes the partitions' state after micro-batch {@code number}. */
    void save(StateFolder folder, long number) {
        threads.onEach(parts, part -> {
            try (var keys = folder.writer(number, keys(part));
                    var groups = folder.writer(number, groups(part))) {
                keyParts.get(part).write(keys);
                keys.finish();
                groupParts.get(part).write(groups);
                groups.finish();
                return part;
            }
        });
    }

    /**
     * Takes in what {@link #save} wrote; the partitions must be new.
     *
     * @throws IOException if a file is missing or torn; the partitions then need a {@link #reset}
     */
    void restore(StateFolder folder, long number) throws IOException {
        try {
            threads.onEach(parts, part -> {
                try (var keys = folder.reader(number, keys(part));
                        var groups = folder.reader(number, groups(part))) {
                    keyParts.get(part).read(keys);
                    groupParts.get(part).read(groups);
                    return part;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String keys(int part) {
        return "keys-" + part;
    }

    private static String groups(int part) {
        return "groups-" + part;
    }

    StreamProgress progress() {
        return progress;
    }

    int parts() {
        return keyParts.size();
    }

    /**
     * What a micro-batch makes.
     *
     * @param files the files of fates that were written
     */
    record Applied(Changes changes, List<NamedFile> files) {}

    /** Begins the next micro-batch, whose watermark is at least {@code atLeast}, microseconds since 1970. */
    Watermarks begin(long atLeast) {
        return progress.begin(atLeast);
    }

    /** Takes in the micro-batch that was begun: what each task has read of it, in landed order. */
    Applied apply(List<ReadBlocks> read, Optional<SegmentLanding> landing) {
        var watermarks = progress.watermarks();
        var task = new KeyPart.Task(progress.number(), watermarks, groupParts.size(), detail, KeyPart.Task.STREAM);
        var taken = threads.onEach(parts(), part -> take(part, blocks(read, part), task, landing));
        var sent = taken.stream().map(Taken::sent).toList();
        var reports = threads.onEach(parts(), part -> groupParts.get(part).take(ofGroups(sent, part), watermarks));
        var files = taken.stream().flatMap(it -> it.files().stream()).toList();
        return new Applied(progress.end(sent.stream().map(KeyPart.Sent::report).toList(), reports), files);
    }

    private record Taken(KeyPart.Sent sent, List<NamedFile> files) {}

    private Taken take(int part, List<byte[]> blocks, KeyPart.Task task, Optional<SegmentLanding> landing) {
        if (landing.isEmpty()) {
            return new Taken(keyParts.get(part).take(blocks, task), List.of());
        }
        try (var fates = landing.get().fates(part)) {
            var sent = keyParts.get(part).take(blocks, task, fates);
            return new Taken(sent, fates.finish());
        }
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

    /** What holds the state, to be measured. */
    Object state() {
        return List.of(keyParts, groupParts);
    }

    /** Open groups and remembered keys. */
    long stateRows() {
        return progress.groups() + keyParts.stream().mapToLong(KeyPart::size).sum();
    }

    @Override
    public void close() {
        threads.close();
    }
}
