package dev.tandem.engine.source;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.jspecify.annotations.Nullable;

/** The positions of an {@link Upstream}, as Spark asks for them. It has no rows. */
final class UpstreamStream implements MicroBatchStream, SupportsAdmissionControl {
    private final Upstream.Positions positions;

    UpstreamStream(Upstream.Positions positions) {
        this.positions = positions;
    }

    /** The log itself limits its micro-batches. */
    @Override
    public ReadLimit getDefaultReadLimit() {
        return ReadLimit.allAvailable();
    }

    @Override
    public Offset initialOffset() {
        return new LogPosition(positions.log(), positions.begin());
    }

    @Override
    public Offset latestOffset() {
        throw new IllegalStateException("Spark asks with a limit");
    }

    /** Null, as Spark says "nothing new", so that its checkpoint never begins with a micro-batch that the ledger does not have. */
    @Override
    public @Nullable Offset latestOffset(Offset start, ReadLimit limit) {
        var from = ((LogPosition) start).positions();
        var end = positions.end(from);
        return end.equals(from) ? null : new LogPosition(positions.log(), end);
    }

    @Override
    public Offset deserializeOffset(String json) {
        return LogPosition.read(positions.log(), json);
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        return new InputPartition[0];
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new NoRows();
    }

    private static final class NoRows implements PartitionReaderFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            throw new IllegalStateException("The tasks read the log themselves; this data frame has no rows");
        }
    }

    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {}
}
