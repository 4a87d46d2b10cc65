package dev.tandem.fold;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.fold.stream.GroupPart;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.fold.stream.KeyPart;
import dev.tandem.fold.stream.StreamDetail;
import dev.tandem.fold.stream.StreamProgress;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A whole stream in one thread: what the engine spreads over tasks, with three partitions by dedup key and two by group key. */
final class StreamFold {
    private static final int KEY_PARTS = 3;
    private static final int GROUP_PARTS = 2;

    private final List<KeyPart> keyParts = new ArrayList<>();
    private final List<GroupPart> groupParts = new ArrayList<>();
    private final StreamProgress progress;

    StreamFold(FoldPlan plan) {
        for (int part = 0; part < KEY_PARTS; part++) {
            keyParts.add(new KeyPart(plan));
        }
        for (int part = 0; part < GROUP_PARTS; part++) {
            groupParts.add(new GroupPart(plan));
        }
        progress = new StreamProgress(plan);
    }

    /** Takes in the next micro-batch. */
    Changes apply(List<Prepared> records) {
        return apply(records, Long.MIN_VALUE);
    }

    Changes closeUntil(long micros) {
        return apply(List.of(), micros);
    }

    Changes closeAll() {
        return apply(List.of(), progress.lastEnd());
    }

    private Changes apply(List<Prepared> records, long atLeast) {
        var watermarks = progress.begin(atLeast);
        var task = new KeyPart.Task(progress.number(), watermarks, GROUP_PARTS, StreamDetail.ALL, KeyPart.Task.STREAM);
        var sent = new ArrayList<KeyPart.Output>();
        for (int part = 0; part < KEY_PARTS; part++) {
            sent.add(keyParts.get(part).take(blocks(records, part), task));
        }
        var reports = new ArrayList<byte[]>();
        for (int part = 0; part < GROUP_PARTS; part++) {
            reports.add(groupParts.get(part).take(ofPart(sent, part), watermarks));
        }
        return progress.end(sent.stream().map(KeyPart.Output::report).toList(), reports);
    }

    private static List<byte[]> ofPart(List<KeyPart.Output> sent, int part) {
        return sent.stream().map(it -> it.groups().get(part)).toList();
    }

    /** A block for each partition of the source. */
    private static List<byte[]> blocks(List<Prepared> records, int part) {
        var sorted = new ArrayList<>(records);
        sorted.sort(Comparator.comparing(Prepared::at));
        var blocks = new TreeMap<Integer, BlockWriter>();
        for (var record : sorted) {
            if (part(record) == part) {
                PackedRecords.write(record, blocks.computeIfAbsent(record.at().partition(), key -> new BlockWriter()));
            }
        }
        return blocks.values().stream().map(BlockWriter::toByteArray).toList();
    }

    private static int part(Prepared record) {
        long by = record.identity().map(Identity::low).orElse(record.at().position());
        return (int) Math.floorMod(by, (long) KEY_PARTS);
    }

    long number() {
        return progress.number();
    }

    Watermarks watermarks() {
        return progress.watermarks();
    }

    boolean anyOpen() {
        return progress.anyOpen();
    }

    long stateRows() {
        return keyParts.stream().mapToLong(KeyPart::size).sum()
                + groupParts.stream().mapToLong(GroupPart::size).sum();
    }

    /** The state of every partition and of the driver, chunk by chunk. */
    record State(List<List<byte[]>> parts) {}

    State state() {
        var parts = new ArrayList<List<byte[]>>();
        keyParts.forEach(it -> it.write(chunks(parts)));
        groupParts.forEach(it -> it.write(chunks(parts)));
        var out = new BlockWriter();
        progress.write(out);
        parts.add(List.of(out.toByteArray()));
        return new State(parts);
    }

    private static StateSink chunks(List<List<byte[]>> parts) {
        var chunks = new ArrayList<byte[]>();
        parts.add(chunks);
        return chunk -> chunks.add(chunk.toByteArray());
    }

    /** Takes in the state that another stream had; this must be new, and a {@link Rebuilding} must follow. */
    void read(State state) {
        var parts = state.parts().iterator();
        keyParts.forEach(it -> it.read(source(parts.next())));
        groupParts.forEach(it -> it.read(source(parts.next())));
        progress.read(source(parts.next()).chunk());
    }

    private static StateSource source(List<byte[]> chunks) {
        var left = chunks.iterator();
        return () -> new BlockReader(left.next());
    }

    /** Puts the state of a new stream together from what an earlier one has landed. */
    static final class Rebuilding {
        private final StreamFold fold;
        private final Map<Long, Watermarks> ledger;
        private final StreamLedger.Resumption from;
        private final List<KeyPart.Replay> replays = new ArrayList<>();
        private final List<WrittenRow> written = new ArrayList<>();

        Rebuilding(StreamFold fold, Map<Long, Watermarks> ledger, long lastNumber, Watermarks last, long highestEvent) {
            this.fold = fold;
            this.ledger = ledger;
            from = new StreamLedger.Resumption(lastNumber, last, highestEvent, new HashMap<>(), ledger);
            fold.keyParts.forEach(it -> replays.add(it.replay(last, GROUP_PARTS)));
        }

        void replay(Prepared record, long number) {
            var block = new BlockWriter();
            PackedRecords.write(record, block);
            replays.get(part(record))
                    .take(number, ledger.getOrDefault(number, Watermarks.NONE), new BlockReader(block.toByteArray()));
        }

        void revision(String view, Span window, List<@Nullable Object> key, int revision) {
            written.add(new WrittenRow(view, window, key, revision));
        }

        void done() {
            var sent = replays.stream().map(KeyPart.Replay::done).toList();
            var reports = new ArrayList<byte[]>();
            for (int part = 0; part < GROUP_PARTS; part++) {
                reports.add(fold.groupParts
                        .get(part)
                        .rebuild(ofPart(sent, part), written, new Stopped(ledger, from.last())));
            }
            fold.progress.rebuilt(
                    from, sent.stream().map(KeyPart.Output::report).toList(), reports);
            written.forEach(fold.progress::revision);
        }
    }
}
