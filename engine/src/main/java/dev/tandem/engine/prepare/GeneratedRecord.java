package dev.tandem.engine.prepare;

import dev.tandem.fold.IdentityHash;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.block.BlockWriter;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * What the generated class of every definition extends: the layout of a record is written here, the definition's columns and views
 * are written by the generated methods. Public because the generated class has a class loader of its own.
 */
public abstract class GeneratedRecord extends ValueWriting implements RecordPacker.Running {
    private static final byte AFTER_DEDUP = '1';

    /** How many rows the views have of the record so far. */
    protected int rows;

    private final IdentityHash hash = new IdentityHash();
    private PackedContents contents = PackedContents.ALL;
    private Lookup[] dimensions = {};
    private int flags;
    private long eventMicros;

    final GeneratedRecord with(PackedContents wanted, Lookup[] lookups) {
        contents = wanted;
        dimensions = lookups;
        return this;
    }

    /** Computes every column that is not a view's. */
    protected abstract void columns(InternalRow row);

    protected abstract int partition();

    protected abstract long position();

    protected abstract long arrivedMicros();

    protected abstract byte[] raw();

    /** The rule that rejects the record, or null. */
    protected abstract @Nullable UTF8String reason();

    protected abstract @Nullable UTF8String detail();

    /** Where a step led the record out: which side of the dedup it is on, then the branch; or null. */
    protected abstract @Nullable UTF8String exit();

    protected abstract long event();

    /** The dimensions without a row for the record, separated by commas; or null. */
    protected abstract @Nullable UTF8String unmatched();

    /** Hands the dedup key's values to {@code hash}; false if the record has none. */
    protected abstract boolean identity(IdentityHash hash);

    /** Appends the record's rows for the views and returns their number. */
    protected abstract int views(BlockWriter out);

    protected abstract void landKey(BlockWriter out);

    protected abstract void fields(BlockWriter out);

    @Override
    public final void pack(InternalRow row, BlockWriter out) {
        columns(row);
        int start = out.reserve(Integer.BYTES);
        out.writeInt(partition());
        out.writeLong(position());
        out.writeLong(arrivedMicros() / 1_000);
        var reason = reason();
        var exit = exit();
        flags = 0;
        if (exit != null) {
            flags = PackedRecords.EXIT | (exit.getByte(0) == AFTER_DEDUP ? PackedRecords.AFTER_DEDUP : 0);
        }
        if (reason != null) {
            rejected(reason, exit, out);
        } else {
            accepted(exit, out);
        }
        out.setInt(start, out.size() - start - Integer.BYTES);
    }

    private void rejected(UTF8String reason, @Nullable UTF8String exit, BlockWriter out) {
        flags |= PackedRecords.REJECTED;
        eventMicros = 0;
        out.writeByte(flags);
        out.writeLong(eventMicros);
        writeExit(exit, out);
        writeText(reason, 0, out);
        var detail = detail();
        if (detail == null) {
            out.writeInt(0);
        } else {
            writeText(detail, 0, out);
        }
        writeRaw(contents.raw() != PackedContents.Raw.NONE, out);
    }

    private void accepted(@Nullable UTF8String exit, BlockWriter out) {
        eventMicros = event();
        hash.begin();
        boolean identified = identity(hash);
        if (identified) {
            flags |= PackedRecords.IDENTITY;
            hash.finish();
        }
        out.writeByte(flags);
        out.writeLong(eventMicros);
        if (identified) {
            out.writeLong(hash.high());
            out.writeLong(hash.low());
        }
        writeExit(exit, out);
        writeUnmatched(out);
        int count = out.reserve(Integer.BYTES);
        out.setInt(count, views(out));
        int landKey = out.reserve(Integer.BYTES);
        if (contents.landKey()) {
            landKey(out);
        }
        endSized(landKey, out);
        int fields = out.reserve(Integer.BYTES);
        if (contents.fields()) {
            fields(out);
        }
        endSized(fields, out);
        writeRaw(contents.raw() == PackedContents.Raw.ALL, out);
    }

    private void writeRaw(boolean wanted, BlockWriter out) {
        if (wanted) {
            out.writeBytes(raw());
        } else {
            out.writeInt(0);
        }
    }

    private static void writeExit(@Nullable UTF8String exit, BlockWriter out) {
        if (exit != null) {
            writeText(exit, 1, out);
        }
    }

    private void writeUnmatched(BlockWriter out) {
        var unmatched = unmatched();
        if (unmatched == null) {
            out.writeByte(0);
        } else {
            var names = unmatched.toString().split(",");
            out.writeByte(names.length);
            for (var name : names) {
                out.writeText(name);
            }
        }
    }

    protected static void endSized(int at, BlockWriter out) {
        out.setInt(at, out.size() - at - Integer.BYTES);
    }

    /** A dimension's row for the record; the generated class fills in the key. */
    protected final InternalRow joined(int dimension, InternalRow key) {
        return dimensions[dimension].find(key);
    }

    @Override
    public final int flags() {
        return flags;
    }

    @Override
    public final long eventMicros() {
        return eventMicros;
    }

    @Override
    public final long identityHigh() {
        return hash.high();
    }

    @Override
    public final long identityLow() {
        return hash.low();
    }
}
