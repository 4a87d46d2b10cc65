package dev.tandem.parity.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.parity.explain.Trial.Cell;
import dev.tandem.parity.explain.Trial.Changed;
import dev.tandem.parity.explain.Trial.Counts;
import dev.tandem.parity.explain.Trial.Later;
import dev.tandem.parity.explain.Trial.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTextTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static Trial trial(Counts tried, Later later, Changed changed) {
        return new Trial(
                "tweets",
                Duration.ofMinutes(2),
                Duration.ofSeconds(266),
                new Counts(4, 1, 30, 60, 40),
                tried,
                later,
                true,
                1_866,
                "rows of window_stats",
                changed);
    }

    /** 138 groups and keys are 38 % more than 100. */
    @Test
    void tellsWhatALongerDelayKeepsAndCosts() {
        var row = new Row(
                "window_stats",
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(1_200)),
                Map.of("hashtag", "java"),
                true,
                List.of(
                        new Cell("tweets", Optional.of("964"), Optional.of("971"), Optional.of("971")),
                        new Cell("users", Optional.of("7"), Optional.of("7"), Optional.of("7"))));
        var text = TrialText.of(trial(
                new Counts(0, 0, 30, 90, 48),
                new Later(41, Duration.ofSeconds(146), Duration.ofSeconds(200), 2),
                new Changed(5, 5, 5, 0, List.of(row))));

        assertThat(text).isEqualTo("""
                tweets with a watermark delay of 4 minutes 26 seconds instead of 2 minutes, counted again from its landed log
                  late records  5 before, 0 then: 5 records are kept
                  final         windows close 2m 26s later (the middle one of 41, at most 3m 20s later), in event time; 2 windows close only when the input ends
                  state         at most 90 open groups and 48 dedup keys at once, 60 and 40 before (+38 %)
                  numbers       5 of 1,866 rows of window_stats change; 5 become what the batch has

                window_stats · 2026-01-31T12:00:00Z to 2026-01-31T12:20:00Z · hashtag=java
                          stream  then  batch
                  tweets  964     971   971
                """);
    }

    @Test
    void tellsWhatAShorterDelayLoses() {
        var text = TrialText.of(trial(
                new Counts(5, 1, 30, 40, 40),
                new Later(1, Duration.ofMinutes(-1), Duration.ofMinutes(-1), 0),
                new Changed(0, 0, 0, 0, List.of())));

        assertThat(text)
                .contains(
                        "5 before, 6 then: 1 record more is refused",
                        "windows close 1m 0s sooner (the middle one of 1), in event time",
                        "(-20 %)",
                        "none of 1,866 rows of window_stats changes");
    }
}
