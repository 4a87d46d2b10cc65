package dev.tandem.engine;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where each micro-batch ends, as Spark wrote it down before running it. Spark tells a micro-batch's positions only after it is
 * done; the ledger needs them in the same transaction as the data.
 */
record OffsetLog(Path checkpoint, String topic) {
    private static final ObjectMapper JSON = new ObjectMapper();

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
                            .formatted(engineBatch, file, e.getMessage(), checkpoint),
                    e);
        }
    }
}
