package dev.tandem.feed;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClickGeneratorTest {

    private static final List<FeedRecord> RECORDS = Made.records(Generators.feed(Models.of("clickstream", 7, 12_640)));
    private static final List<JsonNode> MESSAGES =
            RECORDS.stream().map(Models::json).toList();

    @Nested
    class TheUsualEvents extends FeedContract {
        @Override
        protected Feed feed() {
            return Generators.feed(Models.of("clickstream", 7, 1_000));
        }
    }

    @Test
    void S3_01_simulatesViewsClicksAndSessions() {
        var types = MESSAGES.stream()
                .collect(groupingBy(event -> event.get("event_type").asText(), counting()));

        assertThat(types).containsOnlyKeys("page_view", "click", "session_start", "session_end");
        assertThat(types.getOrDefault("page_view", 0L) / 12_640.0).isBetween(0.58, 0.62);
        assertThat(types.getOrDefault("click", 0L) / 12_640.0).isBetween(0.28, 0.32);
    }

    @Test
    void S3_01_letsTwentyUsersAndOneScriptedVisitTenPages() {
        assertThat(values("user_id"))
                .isEqualTo(Stream.concat(
                                IntStream.rangeClosed(1, 20).mapToObj(number -> "user_" + number), Stream.of("user_A"))
                        .collect(toSet()));
        assertThat(values("page_url"))
                .containsExactlyInAnyOrder(
                        "/home",
                        "/products",
                        "/cart",
                        "/checkout",
                        "/search",
                        "/login",
                        "/profile",
                        "/settings",
                        "/about",
                        "/contact");
    }

    private Set<String> values(String field) {
        return MESSAGES.stream().map(event -> event.get(field).asText()).collect(toSet());
    }

    @Test
    void S3_01_startsAndEndsTheScriptedSession() {
        assertThat(List.of(type(5), type(16))).containsExactly("user_A session_start", "user_A session_end");
        assertThat(List.of(type(632 + 5), type(632 + 16)))
                .containsExactly("user_A session_start", "user_A session_end");
        assertThat(MESSAGES.stream()
                        .filter(event -> event.get("user_id").asText().equals("user_A")))
                .hasSize(2 * 20);
    }

    private String type(int at) {
        return MESSAGES.get(at).get("user_id").asText() + " "
                + MESSAGES.get(at).get("event_type").asText();
    }

    @Test
    void S3_05_sendsOneInTwentyOneThreeMinutesLate() {
        var late = RECORDS.stream().filter(sent -> sent.fault() == Fault.LATE).toList();

        assertThat(late).hasSize(20 * 30);
        assertThat(late.get(0).number()).isEqualTo(22); // twenty, and two of the script
        assertThat(RECORDS)
                .allSatisfy(sent -> assertThat(sent.delay())
                        .hasValue(sent.fault() == Fault.LATE ? Duration.ofMinutes(3) : Duration.ZERO));
    }

    @Test
    void writesTheTimeThatTheTruthKnows() {
        assertThat(RECORDS).allSatisfy(sent -> {
            var time = Models.json(sent).get("event_time").asText();
            assertThat(time).endsWith("Z");
            assertThat(sent.eventTime()).hasValue(Instant.parse(time));
        });
    }

    @Test
    void takesOtherUsersAndNoLateEvents() {
        var settings = Map.of("users", "2", "late_every", "0", "pages", "/a, /b");
        var plain =
                Made.records(Generators.feed(Models.of("clickstream", 7, 300).withSettings(settings)));

        assertThat(plain).allMatch(sent -> sent.fault() == Fault.NONE);
        assertThat(plain.stream().map(sent -> Models.json(sent).get("page_url").asText()))
                .containsOnly("/a", "/b");
    }

    @Test
    void losesItsUserWhereAPlanTakesTheId() {
        var generation = new Generation(
                "clickstream",
                7,
                Made.NINE,
                Duration.ofSeconds(1),
                Models.of("clickstream", 7, 1).events(),
                FaultPlan.none().withMissingId(1));

        assertThat(Models.messages(generation).get(0).get("user_id").isNull()).isTrue();
    }
}
