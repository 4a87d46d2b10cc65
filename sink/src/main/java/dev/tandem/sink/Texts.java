package dev.tandem.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.model.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as text, the same in each file and message: instants in ISO 8601 (UTC), decimals without exponent, lists as JSON. */
final class Texts {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Texts() {}

    static String of(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof List<?> list ? json(inJson(list)) : value.toString();
    }

    /** {@code value} as JSON has it: numbers and truths as they are, lists as lists, all else as text. */
    static @Nullable Object inJson(@Nullable Object value) {
        if (value instanceof List<?> list) {
            var elements = new ArrayList<@Nullable Object>();
            list.forEach(it -> elements.add(inJson(it)));
            return elements;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    static String json(@Nullable Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new SinkException("Cannot write %s as JSON: %s".formatted(tree, Reason.of(e)), e);
        }
    }
}
