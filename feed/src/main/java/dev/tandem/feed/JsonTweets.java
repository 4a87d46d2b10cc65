package dev.tandem.feed;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.twitter.twittertext.Extractor;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Tweets as JSON lines. A native Twitter object (version 1.1: {@code id_str}, {@code created_at}, {@code text} or {@code full_text}) becomes
 * our message with Twitter's own list of tags; every other line passes unchanged, byte by byte, as it may be our message already, good or
 * broken on purpose.
 */
final class JsonTweets implements RowFormat<byte[]> {

    private static final DateTimeFormatter NATIVE_TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z uuuu", Locale.ENGLISH);

    private static final ObjectReader JSON = new ObjectMapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .forType(JsonNode.class);

    private final Extractor extractor = new Extractor();

    @Override
    public Stream<byte[]> rows(InputStream file) {
        var lines = Spliterators.spliteratorUnknownSize(new ByteLines(file), Spliterator.ORDERED);
        return StreamSupport.stream(lines, false);
    }

    @Override
    public Read read(byte[] row) {
        try {
            JsonNode json = JSON.readValue(row);
            return json.has("tweet_id") ? own(json, row) : Read.of(tweet(json));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Read.raw(row);
        }
    }

    private static Read own(JsonNode json, byte[] row) {
        var id = json.optional("tweet_id").filter(JsonNode::isTextual).map(JsonNode::textValue);
        return new Read(id, json.optional("created_at").flatMap(JsonTweets::moment), row);
    }

    private static Optional<Instant> moment(JsonNode time) {
        try {
            return Optional.of(Instant.parse(time.asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Tweet tweet(JsonNode json) {
        var text = text(json);
        return new Tweet(
                json.required("id_str").asText(),
                json.path("user").optional("id_str").map(JsonNode::asText),
                text,
                hashtags(json, text),
                number(json, "favorite_count"),
                number(json, "retweet_count"),
                NATIVE_TIME.parse(json.required("created_at").asText(), Instant::from));
    }

    /** A long tweet of the streaming interface carries its whole text one level down. */
    private static JsonNode whole(JsonNode json) {
        return json.path("extended_tweet").has("full_text") ? json.path("extended_tweet") : json;
    }

    private static String text(JsonNode json) {
        var whole = whole(json);
        return whole.optional("full_text")
                .orElseGet(() -> whole.required("text"))
                .asText();
    }

    private List<String> hashtags(JsonNode json, String text) {
        var listed = whole(json).path("entities").path("hashtags");
        return listed.isArray() ? listed.findValuesAsText("text") : extractor.extractHashtags(text);
    }

    private static OptionalInt number(JsonNode json, String name) {
        var value = json.path(name);
        return value.canConvertToInt() && value.isIntegralNumber()
                ? OptionalInt.of(value.intValue())
                : OptionalInt.empty();
    }
}
