package dev.tandem.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tweet and its message: one JSON object with {@code tweet_id, user_id, text, hashtags[], likes, retweets, created_at}. Generated
 * and real tweets pass through here, so that a pipeline cannot tell them apart. What a source does not say is null, never 0.
 *
 * @param hashtags without the sign, in the order and the case of the text
 */
public record Tweet(
        String id,
        Optional<String> userId,
        String text,
        List<String> hashtags,
        OptionalInt likes,
        OptionalInt retweets,
        Instant time)
        implements Event {

    /** Emoji as themselves and not as two escapes: stores that take three bytes a letter at most must meet them. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    public Tweet {
        hashtags = List.copyOf(hashtags);
    }

    @Override
    public byte[] message() {
        return message(Optional.of(id), time);
    }

    @Override
    public byte[] messageWithoutId() {
        return message(Optional.empty(), time);
    }

    @Override
    public byte[] messageDated(Instant other) {
        return message(Optional.of(id), other);
    }

    @Override
    public byte[] messageMistyped() {
        return new String(message(), StandardCharsets.UTF_8)
                .replaceFirst("\"likes\":(\\d+|null)", "\"likes\":\"many\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] message(Optional<String> writtenId, Instant writtenTime) {
        var bytes = new ByteArrayOutputStream(384);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            text(json, "tweet_id", writtenId);
            text(json, "user_id", userId);
            json.writeStringField("text", text);
            json.writeArrayFieldStart("hashtags");
            for (var hashtag : hashtags) {
                json.writeString(hashtag);
            }
            json.writeEndArray();
            number(json, "likes", likes);
            number(json, "retweets", retweets);
            json.writeStringField("created_at", IsoTime.millis(writtenTime));
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    private static void number(JsonGenerator json, String name, OptionalInt value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeNumber(value.getAsInt());
        } else {
            json.writeNull();
        }
    }
}
