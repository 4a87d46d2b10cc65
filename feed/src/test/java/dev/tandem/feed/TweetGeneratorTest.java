package dev.tandem.feed;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twitter.twittertext.Extractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TweetGeneratorTest {

    private static final Path GOLDEN = Path.of("src/test/resources/first-tweets-of-seed-42.jsonl");

    private final TweetGenerator tweets = new TweetGenerator(42, Made.NINE, Duration.ofMillis(10));

    @Test
    void makesTheTweetsThatItMadeBefore() throws IOException {
        var first = tweets(0, 5).map(TweetGeneratorTest::message).toList();

        if (Boolean.getBoolean("golden.renew")) {
            Files.write(GOLDEN, first);
        }
        assertThat(first).isEqualTo(Files.readAllLines(GOLDEN));
    }

    @Test
    void makesAnEventWhateverWasAskedBefore() {
        var afterOthers = tweets(0, 4_212).reduce((before, after) -> after);
        var alone = new TweetGenerator(42, Made.NINE, Duration.ofMillis(10)).event(4_211);

        assertThat(afterOthers).hasValue(alone);
    }

    @Test
    void makesOtherTweetsForAnotherSeed() {
        var others = new TweetGenerator(43, Made.NINE, Duration.ofMillis(10));

        assertThat(tweets(0, 100).map(Tweet::text))
                .isNotEqualTo(LongStream.range(0, 100)
                        .mapToObj(number -> others.event(number).text())
                        .toList());
    }

    @Test
    void listsTheTagsThatTwitterFindsInTheText() {
        var extractor = new Extractor();

        assertThat(tweets(0, 3_000))
                .allSatisfy(tweet -> assertThat(cleaned(tweet.hashtags()))
                        .isEqualTo(cleaned(extractor.extractHashtags(tweet.text()))));
    }

    @Test
    void leavesTagsThatNeedCleaning() {
        assertThat(tweets(0, 1_000).flatMap(tweet -> tweet.hashtags().stream()))
                .contains("Kafka", "kafka", "KAFKA", " Kafka", "Kafka ");
    }

    @Test
    void prefersSomeTagsByFar() {
        var counts = tagCounts(0, 20_000);

        assertThat(counts).hasSizeBetween(280, TweetWords.TAGS);
        assertThat(counts.getOrDefault("kafka", 0L)).isGreaterThan(10 * counts.getOrDefault("hànội", 0L));
    }

    @Test
    void letsOtherTagsTrendInTheNextTenMinutes() {
        assertThat(favourites(tagCounts(0, 10_000))).isNotEqualTo(favourites(tagCounts(60_000, 70_000)));
    }

    @Test
    void namesTheGeneratorsThatThereAre() {
        assertThatThrownBy(() -> Generators.usualFaults("toots"))
                .hasMessage(
                        "Cannot generate 'toots': there is no generator of that name; use one of [tweets, orders, ticker, clickstream, shop_funnel]");
    }

    private Stream<Tweet> tweets(long from, long to) {
        return LongStream.range(from, to).mapToObj(tweets::event);
    }

    private Map<String, Long> tagCounts(long from, long to) {
        return tweets(from, to)
                .flatMap(tweet -> cleaned(tweet.hashtags()).stream())
                .collect(groupingBy(Function.identity(), counting()));
    }

    private static List<String> favourites(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static List<String> cleaned(List<String> tags) {
        return tags.stream().map(tag -> tag.strip().toLowerCase(Locale.ROOT)).toList();
    }

    private static String message(Tweet tweet) {
        return new String(tweet.message(), StandardCharsets.UTF_8);
    }
}
