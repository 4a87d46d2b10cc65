package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedFeedTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Nested
    class WithTheUsualFaults extends FeedContract {
        private static final int EVENTS = 100_000;

        @Override
        protected Feed feed() {
            return Made.feed(3_000, FaultPlan.usual());
        }

        @ParameterizedTest
        @CsvSource({
            "LATE, 0.02",
            "DUPLICATE, 0.01",
            "MISSING_ID, 0.002",
            "MALFORMED, 0.001",
            "OUT_OF_ORDER, 0.05",
            "FUTURE_DATED, 0.0005"
        })
        void meetsTheShareOfEachFault(Fault fault, double share) {
            var count = Made.feed(EVENTS, FaultPlan.usual())
                    .records()
                    .filter(sent -> sent.fault() == fault)
                    .count();

            assertThat((double) count).isCloseTo(EVENTS * share, within(5 * Math.sqrt(EVENTS * share)));
        }

        @Test
        void sendsEveryEventOnceBesidesItsCopies() {
            var originals = Made.records(feed()).stream().filter(sent -> sent.fault() != Fault.DUPLICATE);

            assertThat(originals.map(FeedRecord::event)).hasSize(3_000).doesNotHaveDuplicates();
        }

        @Test
        void holdsEachRecordBackAsLongAsItsFaultSays() {
            assertDelays(Fault.NONE, Duration.ZERO, Duration.ZERO);
            assertDelays(Fault.LATE, Duration.ofSeconds(10), Duration.ofMinutes(10));
            assertDelays(Fault.OUT_OF_ORDER, Duration.ZERO, Duration.ofSeconds(20));
        }

        private void assertDelays(Fault fault, Duration from, Duration to) {
            assertThat(Made.records(feed()).stream().filter(sent -> sent.fault() == fault))
                    .isNotEmpty()
                    .allSatisfy(sent -> assertThat(sent.delay().orElseThrow()).isBetween(from, to));
        }
    }

    @Nested
    class AFault {
        @Test
        void ofACopyRepeatsTheMessageByteByByte() {
            var plan = FaultPlan.none().withDuplicate(1, Duration.ofSeconds(10), Duration.ofSeconds(10));

            var records = Made.records(Made.feed(1, plan));

            assertThat(records).extracting(FeedRecord::fault).containsExactly(Fault.NONE, Fault.DUPLICATE);
            assertThat(records.get(1).value()).isEqualTo(records.get(0).value());
            assertThat(records.get(1).delay()).hasValue(Duration.ofSeconds(10));
        }

        @Test
        void ofAMissingIdIsKnownToTheTruthAlone() throws IOException {
            var sent = Made.records(Made.feed(1, FaultPlan.none().withMissingId(1)))
                    .get(0);

            assertThat(JSON.readTree(sent.value()).get("tweet_id").isNull()).isTrue();
            assertThat(sent.id()).hasValue("42-0");
        }

        @Test
        void ofTheFutureMovesTheMessageTenYears() throws IOException {
            var sent = Made.records(Made.feed(1, FaultPlan.none().withFutureDated(1)))
                    .get(0);

            assertThat(JSON.readTree(sent.value()).get("created_at").asText()).isEqualTo("2036-11-20T09:00:00.000Z");
            assertThat(sent.eventTime()).hasValue(Made.NINE);
        }

        @Test
        void ofAMalformedMessageIsNeverReadAsATweet() {
            var records = Made.records(Made.feed(500, FaultPlan.none().withMalformed(1)));

            assertThat(records).hasSize(500).noneMatch(sent -> isTweet(sent.value()));
        }

        private static boolean isTweet(byte[] value) {
            try {
                JsonNode json = JSON.readTree(value);
                return json.path("tweet_id").isTextual() && json.path("likes").isInt();
            } catch (IOException e) {
                return false;
            }
        }
    }

    @Test
    void runsWithoutEnd() {
        var endless = Generators.feed(
                new Generation("tweets", 1, Made.NINE, Duration.ofMillis(10), OptionalLong.empty(), FaultPlan.usual()));

        assertThat(endless.size()).isEmpty();
        assertThat(endless.until(Made.NINE.plusSeconds(60)).records())
                .hasSizeBetween(5_500, 6_100)
                .allMatch(sent -> sent.arrival().isBefore(Made.NINE.plusSeconds(60)));
    }
}
