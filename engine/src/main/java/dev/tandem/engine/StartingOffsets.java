package dev.tandem.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Where a new checkpoint begins to read a topic: after what the ledger has, and at the earliest record of a partition that the
 * ledger has not seen. Spark refuses positions that leave out a partition.
 */
record StartingOffsets(String bootstrap, String topic) {
    private static final long EARLIEST = -2;
    private static final int PATIENCE_SECONDS = 15;

    /** As Spark's Kafka source takes it; {@code committed} has the position after the last committed record, by partition. */
    String after(Map<Integer, Long> committed) {
        if (committed.isEmpty()) {
            return "earliest";
        }
        var positions = new TreeMap<Integer, Long>(committed);
        for (int partition = 0; partition < partitions(); partition++) {
            positions.putIfAbsent(partition, EARLIEST);
        }
        return positions.entrySet().stream()
                .map(it -> "\"%d\":%d".formatted(it.getKey(), it.getValue()))
                .collect(Collectors.joining(",", "{\"" + topic + "\":{", "}}"));
    }

    private int partitions() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                // A client whose requests may take longer than it has patience refuses to be made; 30 s is the default.
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_SECONDS * 1_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_SECONDS * 1_000);
        try (var admin = Admin.create(settings)) {
            var described =
                    admin.describeTopics(List.of(topic)).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return described.values().stream()
                    .mapToInt(it -> it.partitions().size())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            throw new EngineException(
                    "Cannot read topic '%s' at %s: %s; see ./tandem doctor".formatted(topic, bootstrap, e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped while asking for the partitions of '%s'".formatted(topic), e);
        }
    }
}
