package dev.tandem.engine.prepare;

import dev.tandem.fold.block.BlockWriter;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Runs a definition's steps and views over parsed rows and packs the results as {@link dev.tandem.fold.PackedRecords} documents
 * them. Made on the driver; the tasks of a process share it.
 */
public interface RecordPacker extends Serializable {
    /** How a definition is run. */
    enum Path {
        /** As one generated class. */
        GENERATED,
        /** By Spark's projections one after the other, about six times slower. */
        PROJECTIONS
    }

    /** One thread's packer. */
    public interface Running {
        /**
         * Appends the record of {@code parsed}, a row of the columns that {@code ParsedRows} describes. Throws what an expression
         * throws that fails on it; {@code out} then has the beginning of a record behind what it had.
         */
        void pack(InternalRow parsed, BlockWriter out);

        /** Of the last record: the flags of {@link dev.tandem.fold.PackedRecords}. */
        int flags();

        /** Of the last record: its event time in microseconds since 1970; 0 where rejected. */
        long eventMicros();

        /** Of the last record, with the flag {@code IDENTITY}: the first half of its identity. */
        long identityHigh();

        /** The second half. */
        long identityLow();
    }

    Running running();

    /** How {@link #running} runs the definition. */
    Path path();
}
