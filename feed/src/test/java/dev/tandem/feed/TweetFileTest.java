package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

class TweetFileTest {

    private static final String HEADER = "created_at,emojis,id,link,retweeted,screen_name,text\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OfOneRealNight {
        private List<FeedRecord> records = List.of();

        @BeforeAll
        void read() {
            records = Made.records(TweetFile.open(RealData.file("tweets/mayweather_tweets.csv")));
        }

        @Test
        void holdsEveryTweet() {
            assertThat(records.stream().map(FeedRecord::id))
                    .hasSize(12_118)
                    .doesNotHaveDuplicates()
                    .doesNotContain(Optional.empty());
        }

        @Test
        void givesTheKnownCountOfEachTagAndWindow() throws IOException {
            var expected = Files.readAllLines(RealData.file("tweets/expected/hashtag_20min.csv")).stream()
                    .filter(line -> line.startsWith("lib,mayweather,"))
                    .map(line -> line.split(","))
                    .map(cells -> List.of(cells[2], cells[4], cells[5], cells[6]))
                    .toList();

            assertThat(tagCounts(records)).hasSize(1_227).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Nested
    class OfNativeObjects extends FeedContract {
        @Override
        protected Feed feed() {
            return TweetFile.open(RealData.file("tweets/tweets_v11.jsonl.gz"));
        }

        @Test
        void holdsEveryTweet() {
            assertThat(Made.records(feed()).stream().filter(sent -> sent.id().isPresent()))
                    .hasSize(2_198);
        }

        @Test
        void becomesOurMessage() throws IOException {
            var tweet = JSON.readTree(Made.records(feed()).get(0).value());

            assertThat(tweet.get("tweet_id").textValue()).isEqualTo("1589632502309990401");
            assertThat(tweet.get("user_id").textValue()).isEqualTo("69133574");
            assertThat(tweet.get("hashtags")).extracting(JsonNode::textValue).containsExactly("rstats");
            assertThat(tweet.get("likes").intValue()).isEqualTo(408);
            assertThat(tweet.get("created_at").textValue()).isEqualTo("2022-11-07T14:54:57.000Z");
        }
    }

    @Nested
    class OfATable extends FeedContract {
        @Override
        protected Feed feed() {
            var rows = "2017-08-27 00:05:34,True,1,l,False,ann,one\nnever,True,2,l,False,ann,two\n";
            return TweetFile.open(packed("a.csv.gz", HEADER + rows));
        }

        @Test
        void keepsLinesWithinAText() throws IOException {
            var file = file("a.csv", HEADER + "2017-08-27 00:05:34,True,1,l,False,ann,\"one #Two\n\"\"three\"\"\"\n");

            assertThat(Made.records(TweetFile.open(file)))
                    .extracting(Made::text)
                    .containsExactly("{\"tweet_id\":\"1\",\"user_id\":\"ann\",\"text\":\"one #Two\\n\\\"three\\\"\","
                            + "\"hashtags\":[\"Two\"],\"likes\":null,\"retweets\":null,"
                            + "\"created_at\":\"2017-08-27T00:05:34.000Z\"}");
        }

        @Test
        void keepsALoneCarriageReturnWithinAText() throws IOException {
            var row = "2017-08-27 00:05:34,True,%d,l,False,ann,\"a\rb\"\n";

            var records = Made.records(TweetFile.open(file("a.csv", HEADER + row.formatted(1) + row.formatted(2))));

            assertThat(records).extracting(Made::text).hasSize(2).allMatch(text -> text.contains("\"a\\rb\""));
        }

        @Test
        void readsOnBehindAStrayQuote() throws IOException {
            var row = "2017-08-27 00:05:34,True,%d,l,False,ann,%s\n";

            var rows = HEADER
                    + row.formatted(1, "\"so\" he said")
                    + row.formatted(2, "it \"is\"")
                    + row.formatted(3, "\"open");

            assertThat(Made.records(TweetFile.open(file("a.csv", rows))))
                    .hasSize(3)
                    .allMatch(sent -> sent.id().isPresent());
        }

        @Test
        void sendsARowThatItCannotReadAsItStands() throws IOException {
            var file = file("a.csv", HEADER + "yesterday,True,1,l,False,ann,\"a, b\"\n2017-08-27 00:05:34,True\n");

            assertThat(Made.records(TweetFile.open(file)))
                    .extracting(Made::text)
                    .containsExactly("yesterday,True,1,l,False,ann,\"a, b\"", "2017-08-27 00:05:34,True");
        }

        @Test
        void needsItsColumns() throws IOException {
            var file = file("a.csv", "id,when\n1,2\n");

            assertThatThrownBy(() -> TweetFile.open(file))
                    .hasMessage("Cannot read %s: there is no column 'created_at', only [id, when];".formatted(file)
                            + " give a table with the columns [created_at, id, text]");
        }
    }

    @Nested
    class OfJsonLines {
        @Test
        void letsOurOwnMessagePassUnchanged() throws IOException {
            var line = "{ \"tweet_id\":\"7\", \"created_at\":\"2026-11-20T09:00:00Z\", \"more\":1 }";

            var sent = Made.records(TweetFile.open(file("a.jsonl", line + "\r\n\n")))
                    .get(0);

            assertThat(Made.text(sent)).isEqualTo(line);
            assertThat(sent.id()).hasValue("7");
            assertThat(sent.eventTime()).hasValue(Made.NINE);
        }

        @Test
        void sendsEveryBrokenMessageByteByByte() throws IOException {
            var broken = Made.records(Made.feed(200, FaultPlan.none().withMalformed(1)));
            var file = folder.resolve("a.jsonl");
            for (var sent : broken) {
                Files.write(file, sent.value(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Files.writeString(file, "\n", StandardOpenOption.APPEND);
            }

            assertThat(Made.records(TweetFile.open(file)).stream().map(FeedRecord::value))
                    .containsExactlyElementsOf(
                            broken.stream().map(FeedRecord::value).toList());
        }

        @Test
        void findsTagsInTheTextWhereNoneAreListed() throws IOException {
            var file = file(
                    "a.jsonl",
                    "{\"id_str\":\"1\",\"text\":\"so #Fast\",\"created_at\":\"Wed Oct 10 20:19:24 +0000 2018\"}");

            assertThat(Made.text(Made.records(TweetFile.open(file)).get(0)))
                    .contains("\"hashtags\":[\"Fast\"],\"likes\":null", "2018-10-10T20:19:24.000Z");
        }
    }

    @Test
    void sayWhenThereIsNoSuchFile() {
        var file = folder.resolve("none.csv");

        assertThatThrownBy(() -> TweetFile.open(file))
                .hasMessage(
                        "Cannot read %s: there is no such file; give the path of a file that ends in".formatted(file)
                                + " .csv, .csv.gz, .jsonl or .jsonl.gz");
    }

    @Test
    void sayWhenTheKindOfAFileIsUnknown() {
        assertThatThrownBy(() -> TweetFile.open(Path.of("tweets.xlsx")))
                .hasMessage("Cannot read tweets.xlsx: its name tells no kind of file; give one that ends in"
                        + " .csv, .csv.gz, .jsonl or .jsonl.gz");
    }

    private Path packed(String name, String content) {
        var file = folder.resolve(name);
        try (var packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** Window start, tag, occurrences and distinct tweets, worked out the slow way. */
    private static List<List<String>> tagCounts(List<FeedRecord> records) {
        var seen = new TreeMap<String, List<String>>();
        for (var sent : records) {
            var start = sent.eventTime().orElseThrow().getEpochSecond() / 1200 * 1200;
            for (var tag : tags(sent)) {
                seen.computeIfAbsent(start + "," + tag, key -> new ArrayList<>())
                        .add(sent.id().orElseThrow());
            }
        }
        return seen.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<String> row(String key, List<String> ids) {
        var start = Instant.ofEpochSecond(Long.parseLong(key.substring(0, key.indexOf(','))));
        var window = start.toString().replace('T', ' ').replace("Z", "");
        return List.of(
                window,
                key.substring(key.indexOf(',') + 1),
                String.valueOf(ids.size()),
                String.valueOf(ids.stream().distinct().count()));
    }

    private static List<String> tags(FeedRecord sent) {
        try {
            var tags = JSON.readTree(sent.value()).get("hashtags").spliterator();
            return StreamSupport.stream(tags, false)
                    .map(tag -> tag.textValue().toLowerCase(Locale.ROOT))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
