package dev.tandem.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Feeds of the other models for tests, and their messages read back by somebody else's parser. */
final class Models {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Models() {}

    /** One event a second from nine o'clock on, with the model's usual faults. */
    static Generation of(String model, long seed, long events) {
        return new Generation(
                model, seed, Made.NINE, Duration.ofSeconds(1), OptionalLong.of(events), Generators.usualFaults(model));
    }

    static Generation clean(String model, long seed, long events) {
        return new Generation(model, seed, Made.NINE, Duration.ofSeconds(1), OptionalLong.of(events), FaultPlan.none());
    }

    static JsonNode json(FeedRecord sent) {
        try {
            return JSON.readTree(sent.value());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(Made.text(sent), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> messages(Generation generation) {
        return Made.records(Generators.feed(generation)).stream()
                .map(Models::json)
                .toList();
    }

    static List<String> cells(FeedRecord sent) {
        try (var rows = CSVParser.parse(Made.text(sent), CSVFormat.DEFAULT)) {
            return rows.getRecords().get(0).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
