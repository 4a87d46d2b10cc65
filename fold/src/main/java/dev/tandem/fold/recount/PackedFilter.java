package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RowFilter} over packed records, which are not decoded: a key's bytes are compared, and equal keys have equal bytes. It may
 * travel; afterwards it is for one thread.
 */
public final class PackedFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RowFilter filter;
    private transient @Nullable Rows rows;

    PackedFilter(RowFilter filter) {
        this.filter = filter;
    }

    /**
     * Whether the record contributes to a row, or is a copy of one that does. The reader is before the record, and afterwards at
     * an undefined place within or behind it.
     */
    public boolean takes(BlockReader in) {
        in.skip(2 * Integer.BYTES + 2 * Long.BYTES);
        int flags = in.readByte();
        long eventMicros = in.readLong();
        if ((flags & PackedRecords.IDENTITY) != 0) {
            var identity = new Identity(in.readLong(), in.readLong());
            if (filter.copies().contains(identity)) {
                return true;
            }
        }
        if ((flags & PackedRecords.REJECTED) != 0) {
            return false;
        }
        if ((flags & PackedRecords.EXIT) != 0) {
            in.skipBytes();
        }
        for (int left = in.readByte(); left > 0; left--) {
            in.skipBytes();
        }
        return contributes(in, eventMicros);
    }

    private boolean contributes(BlockReader in, long eventMicros) {
        var its = rows();
        for (int left = PackedRecords.count(in); left > 0; left--) {
            int view = in.readByte();
            int length = in.readInt();
            var key = ByteBuffer.wrap(in.array(), in.position(), length);
            if (its.have(view, key, eventMicros)) {
                return true;
            }
            in.skip(length);
            in.skipBytes();
        }
        return false;
    }

    private Rows rows() {
        var known = rows;
        if (known == null) {
            known = new Rows(filter.plan());
            filter.rows().forEach(known::add);
            rows = known;
        }
        return known;
    }

    /** The rows by view and packed key: the starts of their windows. */
    private static final class Rows {
        private final FoldPlan plan;
        private final List<Map<ByteBuffer, Set<Long>>> starts = new ArrayList<>();
        private final List<WindowBounds> windows = new ArrayList<>();

        Rows(FoldPlan plan) {
            this.plan = plan;
            plan.grouped().forEach(shape -> {
                starts.add(new HashMap<>());
                windows.add(new WindowBounds(shape.window()));
            });
        }

        void add(RowKey row) {
            var key = new BlockWriter(64);
            key.values(row.key());
            starts.get(row.view())
                    .computeIfAbsent(ByteBuffer.wrap(key.toByteArray()), it -> new HashSet<>())
                    .add(WindowBounds.start(row.window()));
        }

        boolean have(int view, ByteBuffer key, long eventMicros) {
            var of = starts.get(view).get(key);
            if (of == null) {
                return false;
            }
            if (plan.gapMicros(view) > 0) {
                return true;
            }
            var bounds = windows.get(view).of(eventMicros);
            for (int index = 0; index < bounds.length; index += 2) {
                if (of.contains(bounds[index])) {
                    return true;
                }
            }
            return false;
        }
    }
}
