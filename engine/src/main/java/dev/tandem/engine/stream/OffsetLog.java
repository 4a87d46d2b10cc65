package dev.tandem.engine.stream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.engine.EngineException;
import dev.tandem.fold.StreamLedger;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The end offsets of each micro-batch, from Spark's offset log. Spark reports the offsets of a micro-batch only after it is done;
 * the ledger needs them in the transaction with the data.
 */
record OffsetLog(Path checkpoint, String topic) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Refuses a checkpoint that says more is done than the ledger knows: Spark would go on behind records that no table has. It
     * happens when a database is emptied, or restored from a copy, while the checkpoint stays.
     */
    void requireNotAhead(StreamLedger.Resumption ledger, String pipeline) {
        lastDone().map(this::until).ifPresent(done -> {
            boolean ahead = ledger.lastNumber() == 0
                    || ledger.positions().entrySet().stream()
                            .anyMatch(it -> done.getOrDefault(it.getKey(), 0L) > it.getValue());
            if (ahead) {
                throw new EngineException(
                        "Cannot continue the stream of '%s': its checkpoint has done the positions up to %s, the database knows them up to %s; the database was emptied or is an older copy. Delete the folder %s: the stream then continues from what the database knows, and nothing is lost"
                                .formatted(
                                        pipeline, new TreeMap<>(done), new TreeMap<>(ledger.positions()), checkpoint));
            }
        });
    }

    /** The last micro-batch that Spark holds for done. */
    private Optional<Long> lastDone() {
        var commits = checkpoint.resolve("commits");
        if (!Files.isDirectory(commits)) {
            return Optional.empty();
        }
        try (var files = Files.list(commits)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{1,18}"))
                    .map(Long::valueOf)
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new EngineException("Cannot read the checkpoint %s: %s".formatted(commits, Reason.of(e)), e);
        }
    }

    /** The position after the last record of micro-batch {@code engineBatch}, by partition. */
    Map<Integer, Long> until(long engineBatch) {
        var file = checkpoint.resolve("offsets").resolve(String.valueOf(engineBatch));
        try {
            var lines = Files.readAllLines(file);
            var topics =
                    JSON.readValue(lines.get(lines.size() - 1), new TypeReference<Map<String, Map<String, Long>>>() {});
            var positions = new HashMap<Integer, Long>();
            topics.getOrDefault(topic, Map.of())
                    .forEach((partition, offset) -> positions.put(Integer.valueOf(partition), offset));
            return positions;
        } catch (IOException e) {
            throw new EngineException(
                    "Cannot read the positions of micro-batch %d from %s: %s; the checkpoint is damaged: delete the folder %s, the stream then continues from its ledger"
                            .formatted(engineBatch, file, Reason.of(e), checkpoint),
                    e);
        }
    }
}
