package dev.tandem.engine.landed;

import dev.tandem.engine.definition.Workers;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Landed;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.RowFilter;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * The dedup keys of all records of a log, by slice, on the disks of the executors: 16 bytes for each record. With it the copies of a
 * few records are found without a second parse of the log. To be closed.
 */
final class CopyIndex implements AutoCloseable {
    /**
     * Where the records that decide some rows are.
     *
     * @param copies the dedup keys of the records that contribute to a row
     * @param slices the numbers of the slices that have a contributing record or a copy of one
     */
    record Found(Set<Identity> copies, List<Integer> slices) {}

    private final JavaRDD<byte[]> index;

    /** {@code landed} has a partition for each slice. */
    CopyIndex(JavaRDD<Landed> landed, Broadcast<Workers> workers, RowFilter rows) {
        index = landed.mapPartitions(records -> indexed(workers.value(), records, rows));
        index.persist(StorageLevel.DISK_ONLY());
    }

    /** The keys of the contributing records of a slice, whether one contributes at all, and then the keys of all its records. */
    private static Iterator<byte[]> indexed(Workers workers, Iterator<Landed> records, RowFilter rows) {
        var filter = rows.packed();
        var contributing = new BlockWriter();
        var all = new BlockWriter();
        var any = new boolean[1];
        workers.pack(records, (parsed, packed, bytes) -> {
            boolean contributes = filter.takes(new BlockReader(bytes.array(), 0, bytes.size()));
            any[0] |= contributes;
            PackedRecords.identity(new BlockReader(bytes.array(), 0, bytes.size()))
                    .ifPresent(it -> {
                        write(it, all);
                        if (contributes) {
                            write(it, contributing);
                        }
                    });
        });
        var contributes = new BlockWriter();
        contributes.writeBoolean(any[0]);
        return List.of(contributing.toByteArray(), contributes.toByteArray(), all.toByteArray())
                .iterator();
    }

    private static void write(Identity identity, BlockWriter out) {
        out.writeLong(identity.high());
        out.writeLong(identity.low());
    }

    private static Identity read(BlockReader in) {
        return new Identity(in.readLong(), in.readLong());
    }

    /** Runs two jobs: the first parses the log and writes the index, the second reads the index. */
    Found wanted() {
        var copies = new HashSet<Identity>();
        var slices = new TreeSet<Integer>();
        var contributing = index.mapPartitions(
                        blocks -> List.of(blocks.next(), blocks.next()).iterator())
                .collect();
        for (int slice = 0; slice < contributing.size() / 2; slice++) {
            for (var in = new BlockReader(contributing.get(2 * slice)); in.hasMore(); ) {
                copies.add(read(in));
            }
            if (new BlockReader(contributing.get(2 * slice + 1)).readBoolean()) {
                slices.add(slice);
            }
        }
        var context = JavaSparkContext.fromSparkContext(index.context());
        var shared = context.broadcast(copies);
        var hits = index.mapPartitions(
                        blocks -> List.of(hasOneOf(shared.value(), blocks)).iterator())
                .collect();
        IntStream.range(0, hits.size()).filter(hits::get).forEach(slices::add);
        shared.destroy();
        return new Found(copies, List.copyOf(slices));
    }

    private static boolean hasOneOf(Set<Identity> copies, Iterator<byte[]> blocks) {
        blocks.next();
        blocks.next();
        for (var in = new BlockReader(blocks.next()); in.hasMore(); ) {
            if (copies.contains(read(in))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        index.unpersist(true);
    }
}
