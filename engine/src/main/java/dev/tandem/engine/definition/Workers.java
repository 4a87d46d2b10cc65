package dev.tandem.engine.definition;

import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.engine.source.RecordCursor;
import dev.tandem.fold.Landed;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.io.Serializable;
import java.time.DateTimeException;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Parsers and generated projections, kept from one task to the next. Broadcast once, this object is the same for all tasks of a
 * process, so a small micro-batch does not pay for making them.
 */
public final class Workers implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Schema schema;
    private final Format format;
    private final RecordPacker packer;
    private transient volatile @Nullable ConcurrentLinkedQueue<Packing> idlePackers;

    Workers(Schema schema, Format format, RecordPacker packer) {
        this.schema = schema;
        this.format = format;
        this.packer = packer;
    }

    /** What packs the records. */
    RecordPacker packer() {
        return packer;
    }

    /** Takes packed records one after the other. */
    public interface PackedSink {
        /**
         * A record as {@link dev.tandem.fold.PackedRecords} documents it.
         *
         * @param parsed the row it was made of
         * @param packed what is known of it without decoding it
         * @param bytes the record and nothing else, until the next one is packed
         */
        void take(InternalRow parsed, RecordPacker.Running packed, BlockWriter bytes);
    }

    /** What one task packs with. */
    private record Packing(ParsedRows parsing, RecordPacker.Running packing, BlockWriter bytes) {
        /**
         * An expression that fails on a record (a sum that overflows, say) fails on that record alone: it goes to quarantine, in
         * both modes. Letting it end the job would end it again at every restart.
         */
        void pack(InternalRow parsed, PackedSink sink) {
            bytes.truncate(0);
            try {
                packing.pack(parsed, bytes);
            } catch (SparkRuntimeException
                    | ArithmeticException
                    | DateTimeException
                    | IllegalArgumentException
                    | IndexOutOfBoundsException e) {
                bytes.truncate(0);
                packing.pack(parsing.failed(parsed, e), bytes);
            }
            sink.take(parsed, packing, bytes);
        }
    }

    /** Packs each landed record and hands it to {@code sink}. */
    public void pack(Iterator<Landed> records, PackedSink sink) {
        pack(packing -> {
            while (records.hasNext()) {
                packing.pack(packing.parsing().row(records.next()), sink);
            }
        });
    }

    /** Packs each record of a source and hands it to {@code sink}. */
    public void pack(RecordCursor records, PackedSink sink) {
        pack(packing -> {
            while (records.next()) {
                var parsed = packing.parsing()
                        .row(
                                records.partition(),
                                records.position(),
                                records.arrivedMillis() * 1_000,
                                records.value(),
                                0,
                                Landed.As.KEPT);
                var held = records.held();
                packing.pack(
                        held.map(it -> packing.parsing().refused(parsed, it)).orElse(parsed), sink);
            }
        });
    }

    private void pack(Consumer<Packing> work) {
        var queue = packers();
        var free = queue.poll();
        var packing =
                free != null ? free : new Packing(new ParsedRows(schema, format), packer.running(), new BlockWriter());
        try {
            work.accept(packing);
        } finally {
            queue.add(packing);
        }
    }

    private synchronized ConcurrentLinkedQueue<Packing> packers() {
        var queue = idlePackers;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            idlePackers = queue;
        }
        return queue;
    }
}
