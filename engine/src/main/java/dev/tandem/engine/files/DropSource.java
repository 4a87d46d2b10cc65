package dev.tandem.engine.files;

import dev.tandem.drop.Archive;
import dev.tandem.drop.FileDrop;
import dev.tandem.drop.Inventory;
import dev.tandem.engine.StreamSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A file drop read by Spark Structured Streaming. Spark makes a source from a class name and options of text, so the drop itself
 * waits under a name of its own in this process; what is read travels to the tasks.
 */
public final class DropSource implements StreamSource {
    /**
     * What Spark's side of the source finds again.
     *
     * @param tasks how many run at once
     */
    record Open(String name, FileDrop drop, Inventory inventory, Most most, int tasks, long from) {}

    /** The most that a micro-batch takes: a file that has more records is read in several of them. */
    public record Most(int files, int records) {}

    static final String ID = "drop";
    private static final Map<String, Open> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final FileDrop drop;
    private final Inventory inventory;
    private final Most most;
    private final Optional<Archive> archive;

    /**
     * @param name of the log, without quotes
     * @param archive where files go whose records are all committed
     */
    public DropSource(String name, FileDrop drop, Inventory inventory, Most most, Optional<Archive> archive) {
        this.name = name;
        this.drop = drop;
        this.inventory = inventory;
        this.most = most;
        this.archive = archive;
    }

    static Open open(String id) {
        var open = OPEN.get(id);
        if (open == null) {
            throw new IllegalStateException(
                    "Cannot read the file drop: Spark asks for one that this process has not opened; open it with DropSource");
        }
        return open;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Dataset<Row> open(SparkSession session, Map<Integer, Long> positions) {
        int tasks = session.sparkContext().defaultParallelism();
        OPEN.put(id, new Open(name, drop, inventory, most, tasks, positions.getOrDefault(0, 0L)));
        return session.readStream()
                .format(DropProvider.class.getName())
                .option(ID, id)
                .load();
    }

    @Override
    public void committed(Map<Integer, Long> positions) {
        long position = positions.getOrDefault(0, 0L);
        archive.ifPresent(it -> it.settle(inventory.entries(), position));
        drop.passed(position);
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }
}
