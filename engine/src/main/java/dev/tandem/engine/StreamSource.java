package dev.tandem.engine;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where a stream's records come from: a log with partitions and positions, of which Spark remembers how far it is read. */
public interface StreamSource {
    /** The log's name; Spark's checkpoint keeps positions under it. */
    String name();

    /**
     * The records from {@code positions} on (after the last committed record, by partition) as a streaming data frame of
     * partition, offset, timestamp and value.
     */
    Dataset<Row> open(SparkSession session, Map<Integer, Long> positions);

    /** Told after a commit: everything before {@code positions} is safe in the database. */
    default void committed(Map<Integer, Long> positions) {}

    /** Lets go of what it holds open. */
    default void close() {}
}
