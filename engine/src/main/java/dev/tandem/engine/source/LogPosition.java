package dev.tandem.engine.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.connector.read.streaming.Offset;

/** A position in each partition of a log, in the form in which Spark's checkpoint keeps it: {@code {"name":{"0":4211,"1":4208}}}. */
final class LogPosition extends Offset {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final TreeMap<Integer, Long> positions;

    LogPosition(String name, Map<Integer, Long> positions) {
        this.name = name;
        this.positions = new TreeMap<>(positions);
    }

    static LogPosition read(String name, String json) {
        try {
            var logs = JSON.readValue(json, new TypeReference<Map<String, Map<Integer, Long>>>() {});
            return new LogPosition(name, logs.getOrDefault(name, Map.of()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'%s' is no position of %s".formatted(json, name), e);
        }
    }

    Map<Integer, Long> positions() {
        return positions;
    }

    @Override
    public String json() {
        try {
            return JSON.writeValueAsString(Map.of(name, positions));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
