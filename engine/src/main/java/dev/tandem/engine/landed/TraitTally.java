package dev.tandem.engine.landed;

import dev.tandem.engine.definition.ParsedRows;
import dev.tandem.engine.landed.TraitSearch.Kind;
import dev.tandem.engine.landed.TraitSearch.Trait;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.fold.Landed;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Counts traits of the records that one task reads. It runs in the pass that a comparison makes anyway, so it neither decodes a packed
 * record, unless that could be late, nor makes texts of values.
 */
final class TraitTally {
    private static final long SECONDS_OF_AN_HOUR = 3_600;
    private static final int NOT_REFUSED = -1;
    private static final int PLACE = 0;
    private static final int HOUR = 1;
    private static final int FIRST_FIELD = 2;

    private final TraitTask task;
    private final Set<Trait> wanted;
    private final List<ValueCounts<Object>> traits = new ArrayList<>();
    private final long[] refused = new long[Kind.values().length];
    private final EventTimesTally times = new EventTimesTally();
    private long records;
    private long microBatch = Long.MIN_VALUE;
    private long lateUntil = Long.MIN_VALUE;

    /** Counts {@code wanted} alone; all traits if that is empty. */
    TraitTally(TraitTask task, Set<Trait> wanted) {
        this.task = task;
        this.wanted = wanted;
        for (int trait = 0; trait < FIRST_FIELD + task.types().size(); trait++) {
            traits.add(new ValueCounts<>(TraitValue.NULL));
        }
    }

    /** Takes the record that was packed last. */
    void take(InternalRow parsed, RecordPacker.Running packed, BlockWriter bytes) {
        int kind = kind(parsed, packed, bytes);
        records++;
        if (kind != NOT_REFUSED) {
            refused[kind]++;
        }
        if ((packed.flags() & PackedRecords.REJECTED) == 0) {
            times.take(parsed.getInt(PreparedLayout.PARTITION), packed.eventMicros(), kind == Kind.LATE.index());
        }
        add(PLACE, place(parsed), kind);
        add(HOUR, Math.floorDiv(parsed.getLong(PreparedLayout.ARRIVED), SECONDS_OF_AN_HOUR * 1_000_000), kind);
        if (parsed.isNullAt(ParsedRows.UNUSABLE_COLUMN)) {
            for (int field = 0; field < task.types().size(); field++) {
                takeField(field, parsed, kind);
            }
        }
    }

    private void takeField(int field, InternalRow parsed, int kind) {
        boolean counts = kind != NOT_REFUSED
                || !traits.get(FIRST_FIELD + field).isWide()
                || parsed.isNullAt(ParsedRows.FIRST_FIELD + field);
        if (counts && TraitValue.isShared(task.types().get(field))) {
            var value = TraitValue.of(
                    parsed, ParsedRows.FIRST_FIELD + field, task.types().get(field));
            if (!value.equals(TraitValue.TOO_LONG)) {
                add(FIRST_FIELD + field, value, kind);
            }
        }
    }

    private void add(int trait, Object value, int kind) {
        if (wanted.isEmpty() || wanted.contains(new Trait(name(trait), told(trait, value)))) {
            traits.get(trait).add(value, kind, TraitValue::kept);
        }
    }

    private Object place(InternalRow parsed) {
        return task.files().isEmpty()
                ? parsed.getInt(PreparedLayout.PARTITION)
                : task.file(parsed.getLong(PreparedLayout.POSITION));
    }

    private String name(int trait) {
        return switch (trait) {
            case PLACE -> task.files().isEmpty() ? TraitSearch.PARTITION : TraitSearch.FILE;
            case HOUR -> TraitSearch.HOUR;
            default -> task.names().get(trait - FIRST_FIELD);
        };
    }

    private String told(int trait, Object value) {
        if (trait == HOUR) {
            return Instant.ofEpochSecond((Long) value * SECONDS_OF_AN_HOUR).toString();
        }
        if (trait == PLACE) {
            return task.files().isEmpty()
                    ? value.toString()
                    : task.files().get((Integer) value).file();
        }
        return TraitValue.told(value, task.types().get(trait - FIRST_FIELD));
    }

    private int kind(InternalRow parsed, RecordPacker.Running packed, BlockWriter bytes) {
        return switch (Landed.As.ofCode(parsed.getInt(PreparedLayout.LANDED_AS))) {
            case DUPLICATE -> Kind.DUPLICATE.index();
            case QUARANTINED -> Kind.QUARANTINED.index();
            case KEPT ->
                isLate(parsed.getLong(PreparedLayout.MICRO_BATCH), packed, bytes) ? Kind.LATE.index() : NOT_REFUSED;
        };
    }

    private boolean isLate(long number, RecordPacker.Running packed, BlockWriter bytes) {
        if (number != microBatch) {
            microBatch = number;
            lateUntil = task.lateness()
                    .ledger()
                    .getOrDefault(number, Watermarks.NONE)
                    .late();
        }
        // A window ends after each event in it: of an event at or after the watermark, none has ended.
        return packed.eventMicros() < lateUntil
                && task.lateness().isLate(PackedRecords.read(new BlockReader(bytes.array(), 0, bytes.size())), number);
    }

    /** What was counted, under the names of traits and values. */
    TraitCounts counts() {
        var counts = new TraitCounts(records, refused, times.times());
        for (int each = 0; each < traits.size(); each++) {
            int trait = each;
            counts.add(name(trait), traits.get(trait).named(value -> told(trait, value), TraitValue.NULL_NAME));
        }
        return counts;
    }
}
