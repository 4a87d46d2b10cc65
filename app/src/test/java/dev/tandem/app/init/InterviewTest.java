package dev.tandem.app.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.app.init.Sample.Sampled;
import dev.tandem.model.Format;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is measured of a topic with copies, and what follows from it; worked out by hand. */
class InterviewTest {
    private static final InitOptions NONE = new InitOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(1)),
            Optional.empty(),
            Optional.empty(),
            "postgres");

    /** Ids a and b come again an hour later, b with another n; then 15 more. */
    private static Sample sample() {
        var lines = new ArrayList<>(List.of(
                "{\"id\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"n\":1}",
                "{\"id\":\"b\",\"at\":\"2026-01-01T00:00:10Z\",\"n\":1}",
                "{\"id\":\"c\",\"at\":\"2026-01-01T01:00:00Z\",\"n\":1}",
                "{\"id\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"n\":1}",
                "{\"id\":\"b\",\"at\":\"2026-01-01T00:00:10Z\",\"n\":2}"));
        for (int number = 10; number < 25; number++) {
            lines.add("{\"id\":\"d%1$d\",\"at\":\"2026-01-01T01:00:%1$dZ\",\"n\":%1$d}".formatted(number));
        }
        return of(lines);
    }

    private static Sample of(List<String> lines) {
        var records = lines.stream()
                .map(it -> new Sampled(it.getBytes(StandardCharsets.UTF_8), OptionalLong.empty()))
                .toList();
        return new Sample(
                new Sample.Place.InTopic("broker:9092", "web.clicks"), Format.JSON, List.of(), records, List.of());
    }

    @Test
    void tellsCopiesFromOtherVersionsAndHowLongAKeyMustBeKnown() {
        var proposal = new Interview(sample(), NONE, Questions.NONE).proposal();
        var dedup = proposal.dedup().orElseThrow();
        assertThat(dedup.key()).isEqualTo(new KeyIdea(List.of("id"), 2, 1));
        // The watermark is at 00:59:00 then: 59 min past a, and 58 min 50 s past b.
        assertThat(dedup.horizon().missed(Duration.ofMinutes(59))).isZero();
        assertThat(dedup.horizon().missed(Duration.ofMinutes(59).minusSeconds(1)))
                .isEqualTo(1);
        assertThat(dedup.horizon().missed(Duration.ofMinutes(30))).isEqualTo(2);
        assertThat(dedup.within()).isEqualTo(Duration.ofHours(1));
        assertThat(proposal.event().lateness().outOfOrder()).isEqualTo(2);
    }

    @Test
    void namesThePipelineAfterTheTopicAndWritesForItsDatabase() {
        var text = DefinitionText.of(new Interview(sample(), NONE, Questions.NONE).proposal());
        assertThat(text)
                .contains(
                        "pipeline: web_clicks\n",
                        "  kafka: \"web.clicks\"\n",
                        "table: \"${mode}_web_clicks_per_day\", in: postgres }");
    }

    @Test
    void takesTheTimeOfTheBrokerWhereRecordsHaveNone() {
        var proposal = new Interview(of(List.of("{\"id\":1}", "{\"id\":2}")), NONE, Questions.NONE).proposal();
        assertThat(proposal.event().field().sql(false)).isEqualTo("broker_time TIMESTAMP FROM BROKER TIME");
        assertThat(DefinitionText.of(proposal)).contains("  broker_time TIMESTAMP FROM BROKER TIME");
    }

    @Test
    void keepsTheKeyThatIsGivenAndRefusesOneThatIsNot() {
        var wishes = new InitOptions(
                Optional.of("x"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("id", "nn")),
                Optional.empty(),
                "sqlite");
        assertThatThrownBy(() -> new Interview(sample(), wishes, Questions.NONE).proposal())
                .isInstanceOf(InitException.class)
                .hasMessage("Cannot use 'nn' in the dedup key: the sample has no such field; use some of id, at, n");
    }
}
