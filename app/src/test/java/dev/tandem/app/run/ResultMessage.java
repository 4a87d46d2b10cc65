package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A message of the topic of results. */
record ResultMessage(JsonNode json) {
    static ResultMessage of(ConsumerRecord<byte[], byte[]> message) {
        try {
            return new ResultMessage(new ObjectMapper().readTree(message.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String keyTold() {
        return "%s|%s"
                .formatted(
                        json.get("window_start").asText(), json.get("hashtag").asText());
    }

    String revisionTold() {
        return "%s|%d".formatted(keyTold(), json.get("revision").asInt());
    }

    String rowTold() {
        return "%s|%d|%d"
                .formatted(
                        keyTold(),
                        json.get("tweets").asLong(),
                        json.get("mentions").asLong());
    }
}
