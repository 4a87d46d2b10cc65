package dev.tandem.bench.flink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a message with Jackson's streaming parser, and says which rule a bad one breaks. Its type is checked as strictly as Tandem's. */
final class TweetParser {
    private static final long MOST_FUTURE_MILLIS = 60_000;

    /** A message that broke a rule. It is thrown for few records, and costs no stack trace. */
    static final class BrokenRule extends Exception {
        private static final long serialVersionUID = 1;
        private final String rule;

        BrokenRule(String rule) {
            super(rule, null, false, false);
            this.rule = rule;
        }

        String rule() {
            return rule;
        }
    }

    private final JsonFactory json = new JsonFactory();

    /** The tweet in {@code message}, if it keeps all rules. */
    Tweet read(Arrived message) throws BrokenRule, IOException {
        var fields = new Fields();
        try (var parser = json.createParser(message.value())) {
            fields.read(parser);
        } catch (JsonParseException e) {
            throw new BrokenRule("malformed");
        }
        return fields.tweet(message.arrivedMillis());
    }

    /** The fields of one message as far as they have been read. */
    private static final class Fields {
        private Optional<String> id = Optional.empty();
        private String user = "";
        private List<String> tags = List.of();
        private Optional<Integer> likes = Optional.empty();
        private Optional<Integer> retweets = Optional.empty();
        private Optional<String> created = Optional.empty();

        void read(JsonParser parser) throws IOException, BrokenRule {
            check(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "tweet_id" -> id = text(parser);
                    case "user_id" -> user = text(parser).orElse("");
                    case "text" -> checkText(parser);
                    case "hashtags" -> tags = tags(parser);
                    case "likes" -> likes = number(parser);
                    case "retweets" -> retweets = number(parser);
                    case "created_at" -> created = text(parser);
                    default -> parser.skipChildren();
                }
            }
            check(parser.nextToken() == null);
        }

        Tweet tweet(long arrivedMillis) throws BrokenRule {
            var createdMillis = createdMillis();
            var named = id.filter(it -> !it.isBlank()).orElseThrow(() -> new BrokenRule("missing_id"));
            long time = createdMillis.orElseThrow(() -> new BrokenRule("missing_time"));
            if (likes.orElse(0) < 0 || retweets.orElse(0) < 0) {
                throw new BrokenRule("negative_likes");
            }
            if (time > arrivedMillis + MOST_FUTURE_MILLIS) {
                throw new BrokenRule("future_dated");
            }
            return new Tweet(named, user, tags, likes.orElse(Tweet.UNKNOWN), retweets.orElse(Tweet.UNKNOWN), time);
        }

        private Optional<Long> createdMillis() throws BrokenRule {
            try {
                return created.map(it -> Instant.parse(it).toEpochMilli());
            } catch (DateTimeParseException e) {
                throw new BrokenRule("malformed");
            }
        }

        private static void checkText(JsonParser parser) throws BrokenRule {
            check(parser.currentToken() == JsonToken.VALUE_STRING || parser.currentToken() == JsonToken.VALUE_NULL);
        }

        private static Optional<String> text(JsonParser parser) throws IOException, BrokenRule {
            checkText(parser);
            return Optional.ofNullable(parser.getValueAsString());
        }

        private static Optional<Integer> number(JsonParser parser) throws IOException, BrokenRule {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return Optional.empty();
            }
            check(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
            check(parser.getNumberType() == JsonParser.NumberType.INT);
            return Optional.of(parser.getIntValue());
        }

        private static List<String> tags(JsonParser parser) throws IOException, BrokenRule {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return List.of();
            }
            check(parser.currentToken() == JsonToken.START_ARRAY);
            var tags = new ArrayList<String>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                var tag = text(parser).orElse("").trim().toLowerCase(Locale.ROOT);
                if (!tag.isEmpty()) {
                    tags.add(tag);
                }
            }
            return tags;
        }

        private static void check(boolean fits) throws BrokenRule {
            if (!fits) {
                throw new BrokenRule("malformed");
            }
        }
    }
}
