package dev.tandem.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tandem.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A tuple as a message: a JSON object of its columns, for a view's row with {@code status}, {@code revision} and {@code events}
 * behind them. The header {@code tandem-id} (row and micro-batch) is the same when a micro-batch is written again, so that a
 * consumer can deduplicate.
 */
final class TopicMessages {
    private final String topic;
    private final Content content;
    private final Optional<Integer> key;

    /** {@code key} names the column whose value is the message's key; without one it is the row's identity. */
    TopicMessages(String topic, Content content, Optional<String> key) {
        this.topic = topic;
        this.content = content;
        this.key = key.map(this::index);
    }

    private int index(String name) {
        var names = content.columns().stream().map(it -> it.name()).toList();
        if (!names.contains(name)) {
            throw new SinkException("Cannot key messages of '%s' by '%s': it is no column; use one of %s"
                    .formatted(content.name(), name, names));
        }
        return names.indexOf(name);
    }

    ProducerRecord<String, byte[]> message(long number, Tuple tuple) {
        var identity = HexFormat.of().formatHex(tuple.key().bytes());
        var message = new ProducerRecord<>(topic, key(tuple, identity), json(tuple));
        message.headers().add("tandem-id", (identity + "-" + number).getBytes(StandardCharsets.US_ASCII));
        return message;
    }

    private @Nullable String key(Tuple tuple, String identity) {
        if (key.isEmpty()) {
            return identity;
        }
        var value = tuple.values().get(key.get());
        return value == null ? null : Texts.of(value);
    }

    private byte[] json(Tuple tuple) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (int index = 0; index < content.columns().size(); index++) {
            fields.put(
                    content.columns().get(index).name(),
                    Texts.inJson(tuple.values().get(index)));
        }
        if (content.kind() == Content.Kind.VIEW) {
            fields.put("status", tuple.state().word());
            fields.put("revision", tuple.revision());
            fields.put("events", tuple.events());
        }
        try {
            return Texts.JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new SinkException(
                    "Cannot write a row of '%s' as JSON: %s".formatted(content.name(), Reason.of(e)), e);
        }
    }
}
