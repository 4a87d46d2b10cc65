package dev.tandem.engine.definition;

import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.block.BlockWriter;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Packs what the chain of projections makes of a record: the slow way, for definitions that the generated class cannot run, and
 * what its tests compare it with.
 */
record ProjectionPacker(Chain chain, PreparedLayout layout, StructType prepared, PackedContents contents)
        implements RecordPacker {
    @Override
    public Running running() {
        return new OneThread(chain.running(), new PreparedRows(layout, prepared, true), contents);
    }

    @Override
    public Path path() {
        return Path.PROJECTIONS;
    }

    private static final class OneThread implements Running {
        private final Chain.Running chain;
        private final PreparedRows reader;
        private final PackedContents contents;
        private int flags;
        private long eventMicros;
        private long identityHigh;
        private long identityLow;

        OneThread(Chain.Running chain, PreparedRows reader, PackedContents contents) {
            this.chain = chain;
            this.reader = reader;
            this.contents = contents;
        }

        @Override
        public void pack(InternalRow parsed, BlockWriter out) {
            var record = wanted(reader.prepared(chain.apply(parsed)));
            flags = PackedRecords.flags(record);
            eventMicros = record.eventMicros();
            record.identity().ifPresent(identity -> {
                identityHigh = identity.high();
                identityLow = identity.low();
            });
            PackedRecords.write(record, out);
        }

        private Prepared wanted(Prepared record) {
            boolean raw = switch (contents.raw()) {
                case ALL -> true;
                case QUARANTINED -> record.rejection().isPresent();
                case NONE -> false;
            };
            return new Prepared(
                    record.at(),
                    record.arrivedMillis(),
                    raw ? record.raw() : new Prepared.Raw(new byte[0]),
                    record.rejection(),
                    record.exit(),
                    record.eventMicros(),
                    record.identity(),
                    contents.landKey() ? record.landKey() : List.of(),
                    record.contributions(),
                    contents.fields() ? record.fields() : List.of(),
                    record.unmatched());
        }

        @Override
        public int flags() {
            return flags;
        }

        @Override
        public long eventMicros() {
            return eventMicros;
        }

        @Override
        public long identityHigh() {
            return identityHigh;
        }

        @Override
        public long identityLow() {
            return identityLow;
        }
    }
}
