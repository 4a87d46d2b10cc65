package dev.tandem.engine.files;

import dev.tandem.drop.FileRecord;
import dev.tandem.drop.Stretch;
import dev.tandem.fold.LandedLog.ClosingIterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.jspecify.annotations.Nullable;

/** Takes in a few files for each micro-batch, or a part of one; what can be read by itself is a partition of Spark's. */
final class DropStream implements MicroBatchStream, SupportsAdmissionControl {
    /** Fewer records than this are not worth a task of their own. */
    private static final long LEAST = 10_000;

    private final DropSource.Open open;

    DropStream(String id) {
        this.open = DropSource.open(id);
    }

    private record Part(Stretch stretch) implements InputPartition {}

    @Override
    public ReadLimit getDefaultReadLimit() {
        return ReadLimit.maxFiles(open.most().files());
    }

    @Override
    public Offset initialOffset() {
        return new DropPosition(open.name(), open.from());
    }

    @Override
    public Offset latestOffset() {
        throw new IllegalStateException("Spark asks with a limit");
    }

    /** Takes nothing in while an earlier run's files are still to be read: a micro-batch has at most so many. */
    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        long from = ((DropPosition) start).position();
        long end = endAfter(from);
        if (end == from) {
            open.drop().takeIn(open.most().files());
            end = endAfter(from);
        }
        return new DropPosition(open.name(), end);
    }

    /** Where the next few files end, or as many of their records as one micro-batch takes; {@code from} if there is none. */
    private long endAfter(long from) {
        long end = from;
        int files = 0;
        for (var entry : open.inventory().entries()) {
            long ends = entry.firstPosition() + entry.records();
            if (ends > from && files < open.most().files()) {
                end = ends;
                files++;
            }
        }
        return Math.min(end, from + open.most().records());
    }

    @Override
    public Offset deserializeOffset(String json) {
        return DropPosition.read(open.name(), json);
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        long from = ((DropPosition) start).position();
        long until = ((DropPosition) end).position();
        long share = (until - from) / open.tasks() + 1;
        return open.drop().parts(from, until, Math.max(LEAST, share)).stream()
                .map(Part::new)
                .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new Readers();
    }

    private static final class Readers implements PartitionReaderFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            return new Reader(((Part) partition).stretch().read());
        }
    }

    private static final class Reader implements PartitionReader<InternalRow> {
        private final ClosingIterator<FileRecord> records;
        private @Nullable InternalRow row;

        Reader(ClosingIterator<FileRecord> records) {
            this.records = records;
        }

        @Override
        public boolean next() {
            if (!records.hasNext()) {
                return false;
            }
            var record = records.next();
            row = new GenericInternalRow(new Object[] {
                record.at().partition(),
                record.at().position(),
                record.arrivedMillis() * 1_000,
                record.raw().bytes()
            });
            return true;
        }

        @Override
        public InternalRow get() {
            if (row == null) {
                throw new IllegalStateException("Nothing was read yet");
            }
            return row;
        }

        @Override
        public void close() {
            records.close();
        }
    }

    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {}
}
