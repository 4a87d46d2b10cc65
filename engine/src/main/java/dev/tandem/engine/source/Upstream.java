package dev.tandem.engine.source;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A log as Structured Streaming sees it: offsets without records. Spark decides when a micro-batch begins and logs its end
 * offsets before it runs; the rows of this data frame are never read, because the tasks read the log themselves.
 *
 * <p>Spark makes a source from a class name and options of text, so the positions wait here under a name of their own.
 */
public final class Upstream implements AutoCloseable {
    /** Where micro-batches begin and end. */
    public interface Positions {
        /** The log's name. */
        String log();

        /** Where the first micro-batch begins. */
        Map<Integer, Long> begin();

        /** Where a micro-batch ends that begins at {@code from} or later; equal to {@code from} if there is nothing new. */
        Map<Integer, Long> end(Map<Integer, Long> from);
    }

    static final String ID = "log";
    private static final Map<String, Positions> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();

    public Upstream(Positions positions) {
        OPEN.put(id, positions);
    }

    static Positions open(String id) {
        var open = OPEN.get(id);
        if (open == null) {
            throw new IllegalStateException(
                    "Cannot read a log that this process has not opened; open it with Upstream");
        }
        return open;
    }

    /** The log as a streaming data frame. */
    public Dataset<Row> frame(SparkSession session) {
        return session.readStream()
                .format(UpstreamProvider.class.getName())
                .option(ID, id)
                .load();
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }
}
