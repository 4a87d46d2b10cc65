package dev.tandem.engine.stage;

import dev.tandem.engine.Stopwatch;
import dev.tandem.engine.source.RecordRange;
import dev.tandem.fold.Landed;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.stream.GroupPart;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.fold.stream.KeyPart;
import dev.tandem.fold.stream.StreamProgress;
import dev.tandem.segments.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The stages with their state in this process, a thread for each partition. What Spark would send through a shuffle is handed over
 * as it is.
 */
public final class LocalStages implements Stages {
    private static final String PLACE = "driver";

    private final StageSetup setup;
    private final PreparedRecords prepared;
    private final HeapGuard heap;
    private final PartThreads threads;
    private StreamProgress progress;
    private final List<KeyPart> keyParts = new ArrayList<>();
    private final List<GroupPart> groupParts = new ArrayList<>();
    private final List<GroupsSize> sizes = new ArrayList<>();

    public LocalStages(StageSetup setup, PreparedRecords prepared, SparkSession session) {
        this.setup = setup;
        this.prepared = prepared;
        this.heap = new HeapGuard("the stream of '%s'".formatted(setup.pipeline()));
        this.progress = new StreamProgress(setup.plan());
        reset();
        threads = new PartThreads(setup.parts(), session);
    }

    @Override
    public void reset() {
        progress = new StreamProgress(setup.plan());
        keyParts.clear();
        groupParts.clear();
        sizes.clear();
        for (int part = 0; part < setup.parts(); part++) {
            keyParts.add(new KeyPart(setup.plan()));
            groupParts.add(new GroupPart(setup.plan()));
            sizes.add(new GroupsSize());
        }
    }

    @Override
    public void save(StateFolder folder, long number) {
        threads.onEach(parts(), part -> {
            StateFiles.save(folder, number, StateKind.KEYS, part, keyParts.get(part)::write);
            StateFiles.save(folder, number, StateKind.GROUPS, part, groupParts.get(part)::write);
            return part;
        });
    }

    @Override
    public void restore(StateFolder folder, long number) throws IOException {
        try {
            threads.onEach(parts(), part -> {
                StateFiles.restore(folder, number, StateKind.KEYS, part, keyParts.get(part)::read);
                StateFiles.restore(folder, number, StateKind.GROUPS, part, groupParts.get(part)::read);
                return part;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public StreamProgress progress() {
        return progress;
    }

    @Override
    public int parts() {
        return setup.parts();
    }

    @Override
    public Taken take(List<RecordRange> ranges, Optional<SegmentLanding> landing) {
        var watch = new Stopwatch();
        var read = prepared.read(ranges, landing);
        double preparing = watch.lap();
        var watermarks = progress.watermarks();
        var task = setup.task(progress.number(), watermarks);
        var taken = threads.onEach(parts(), part -> take(part, blocks(read, part), task, landing));
        var sent = taken.stream().map(DecidedPart::sent).toList();
        var reports = threads.onEach(parts(), part -> groupParts.get(part).take(ofGroups(sent, part), watermarks));
        var files = new ArrayList<NamedFile>();
        taken.forEach(it -> files.addAll(it.files()));
        read.forEach(it -> files.addAll(it.files()));
        var changes = progress.end(sent.stream().map(KeyPart.Output::report).toList(), reports);
        var arrivals = read.stream().flatMap(it -> it.arrivals().stream()).toList();
        return new Taken(changes, files, arrivals, preparing, watch.lap());
    }

    /** The task is named by its partition: in this process it is tried once. */
    private DecidedPart take(int part, List<byte[]> blocks, KeyPart.Task task, Optional<SegmentLanding> landing) {
        return DecidedPart.of(keyParts.get(part), blocks, task, landing.map(it -> it.fates(part, part)));
    }

    private static List<byte[]> blocks(List<ReadBlocks> read, int part) {
        return read.stream().map(it -> it.blocks().get(part)).toList();
    }

    private static List<byte[]> ofGroups(List<KeyPart.Output> sent, int part) {
        return sent.stream().map(it -> it.groups().get(part)).toList();
    }

    @Override
    public Replaying replay(Stopped stopped) {
        var replays =
                keyParts.stream().map(it -> it.replay(stopped.last(), parts())).toList();
        return new Replaying() {
            @Override
            public void take(List<Landed> records) {
                var read = new ArrayList<ReadBlocks>();
                prepared.landed(records).toJavaRDD().collect().forEach(it -> read.add(ReadBlocks.of(it)));
                threads.onEach(parts(), part -> {
                    blocks(read, part).forEach(it -> Replays.take(new BlockReader(it), replays.get(part), stopped));
                    return part;
                });
            }

            @Override
            public Reports done(List<WrittenRow> written) {
                var sent = threads.onEach(parts(), part -> replays.get(part).done());
                var reports = threads.onEach(
                        parts(), part -> groupParts.get(part).rebuild(ofGroups(sent, part), written, stopped));
                return new Reports(sent.stream().map(KeyPart.Output::report).toList(), reports);
            }
        };
    }

    @Override
    public List<StateShare> shares() {
        var shares = new ArrayList<StateShare>();
        for (int part = 0; part < parts(); part++) {
            var keys = keyParts.get(part);
            shares.add(new StateShare(StateKind.KEYS, part, keys.size(), keys.bytes(), PLACE));
        }
        for (int part = 0; part < parts(); part++) {
            var groups = groupParts.get(part);
            shares.add(new StateShare(
                    StateKind.GROUPS, part, groups.size(), sizes.get(part).of(groups), PLACE));
        }
        return shares;
    }

    @Override
    public void requireRoom() {
        heap.require(this::stateRows);
    }

    @Override
    public long cpuNanos() {
        return threads.cpuNanos();
    }

    @Override
    public void close() {
        threads.close();
    }
}
