package dev.tandem.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes the part of a lake that one task makes.
 *
 * @param staging the lake's staging folder, which driver and executors have under the same name
 * @param about what the files say of their origin
 */
record LakeTask(String staging, String set, Content content, List<String> partition, Map<String, String> about)
        implements TaskWriter {
    @Override
    public TaskFiles write(int task, long attempt, Iterator<Tuple> tuples) {
        var place = PartitionedFiles.Place.ofTask(Path.of(staging), set, task, attempt);
        var partitioning = new Partitioning(content, partition);
        var files = new PartitionedFiles(
                place, partitioning, LakeSink.layout(partitioning, about), PartitionedFiles.Limits.OF_A_TASK);
        try {
            while (tuples.hasNext()) {
                files.add(tuples.next());
            }
            var made = new ArrayList<TaskFiles.Made>();
            for (var file : files.finish()) {
                made.add(new TaskFiles.Made(
                        place.staged(made.size()).getFileName().toString(), file));
            }
            return new TaskFiles(made);
        } catch (IOException e) {
            throw new SinkException(
                    "Cannot write '%s' to %s: %s; check the disk, which every executor must have under this name"
                            .formatted(content.name(), staging, e),
                    e);
        } finally {
            files.abandon();
        }
    }
}
