package dev.tandem.engine.landed;

import dev.tandem.engine.Settings;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Workers;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.recount.RowFilter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Searches a landed log for a few records. Spark's tasks read, prepare and filter, so that other records are neither kept nor
 * sent.
 */
public final class LogSearch {
    private final SparkRuntime spark;
    private final Compiled compiled;
    private final LandedLog log;

    public LogSearch(SparkRuntime spark, Compiled compiled, LandedLog log) {
        this.spark = spark;
        this.compiled = compiled;
        this.log = log;
    }

    /** Which records are asked for; it travels to the tasks. */
    public interface Wanted extends Serializable {
        /** Whether the packed record at the reader's position is needed. */
        boolean takes(BlockReader record);
    }

    /** Takes one record after the other in landed order. */
    public interface Sink {
        void take(Prepared record, long microBatch, Landed.As as);
    }

    /** Gives the wanted records up to {@code cut}, without their bytes. */
    public void read(EndOffsets cut, Wanted wanted, Sink sink) {
        var workers = compiled.workers(new PackedContents(Raw.NONE, false, false));
        new LogParts(spark, log, cut)
                .read(
                        landed -> found(landed, workers, wanted),
                        read -> read.forEach(it -> give(it.blocks().get(0), sink)));
    }

    /**
     * Gives the records that decide some rows, in landed order: those that contribute to a row and all their copies. The whole log is
     * parsed once; the slices of it that have such a record are parsed again.
     */
    public void read(EndOffsets cut, RowFilter rows, Sink sink) {
        var workers = compiled.workers(new PackedContents(Raw.NONE, false, false));
        var parts = new LogParts(spark, log, cut);
        var slices = parts.slices();
        var wanted = Settings.of(spark.session(), () -> {
            try (var index = new CopyIndex(parts.landed(slices), workers, rows)) {
                return index.wanted();
            }
        });
        var filter = rows.withCopies(wanted.copies()).packed();
        parts.read(
                wanted.slices().stream().map(slices::get).toList(),
                landed -> found(landed, workers, filter::takes),
                read -> read.forEach(it -> give(it.blocks().get(0), sink)));
    }

    /** One landed record with all that the definition says of it, but for its bytes. */
    public Prepared prepared(Landed landed) {
        var prepared = new ArrayList<Prepared>();
        compiled.workers(new PackedContents(Raw.NONE, false, false))
                .value()
                .pack(
                        List.of(landed).iterator(),
                        (parsed, packed, bytes) ->
                                prepared.add(PackedRecords.read(new BlockReader(bytes.array(), 0, bytes.size()))));
        return prepared.get(0);
    }

    private static List<ReadBlocks> found(JavaRDD<Landed> landed, Broadcast<Workers> workers, Wanted wanted) {
        var blocks = landed.mapPartitions(records ->
                        List.of(found(workers.value(), records, wanted)).iterator())
                .collect();
        var read = new ArrayList<ReadBlocks>();
        blocks.forEach(block -> read.add(ReadBlocks.of(block)));
        return read;
    }

    private static byte[] found(Workers workers, Iterator<Landed> records, Wanted wanted) {
        var writer = new ReadBlocks.Writer(1);
        workers.pack(records, (parsed, packed, bytes) -> {
            if (wanted.takes(new BlockReader(bytes.array(), 0, bytes.size()))) {
                var block = writer.block(0);
                block.writeLong(parsed.getLong(PreparedLayout.MICRO_BATCH));
                block.writeByte(parsed.getInt(PreparedLayout.LANDED_AS));
                block.writeRaw(bytes.array(), 0, bytes.size());
            }
        });
        return writer.packed(List.of());
    }

    private static void give(byte[] block, Sink sink) {
        var in = new BlockReader(block);
        while (in.hasMore()) {
            long microBatch = in.readLong();
            var as = Landed.As.ofCode(in.readByte());
            sink.take(PackedRecords.read(in), microBatch, as);
        }
    }
}
