package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WikiOracleTest {
    private static String edit(String time, String user, String page) {
        return "{\"time\":\"2015-09-12T%sZ\",\"user\":\"%s\",\"page\":\"%s\",\"cityName\":null}"
                .formatted(time, user, page);
    }

    private static WikiOracle small() {
        return WikiOracle.over(LogRecord.ofLines(
                List.of(
                        edit("00:00:00.000", "a", "X"),
                        edit("00:29:59.999", "a", "Y"),
                        edit("00:59:59.999", "a", "Y"),
                        edit("00:00:30.000", "b", "A"),
                        "{}"),
                0));
    }

    @Nested
    class ByHand {
        @Test
        void endASessionAfterAPauseOfExactlyTheGap() {
            try (var oracle = small()) {
                assertThat(oracle.expected(WikiView.SESSIONS_30MIN, Side.BATCH).told())
                        .containsExactlyInAnyOrder(
                                "a|2015-09-12 00:00:00.0|2015-09-12 00:29:59.999|2015-09-12 00:59:59.999|2|1799.999",
                                "a|2015-09-12 00:59:59.999|2015-09-12 00:59:59.999|2015-09-12 01:29:59.999|1|0.000",
                                "b|2015-09-12 00:00:30.0|2015-09-12 00:00:30.0|2015-09-12 00:30:30.0|1|0.000");
            }
        }

        @Test
        void rankTiesOfPagesByName() {
            try (var oracle = small()) {
                assertThat(oracle.expected(WikiView.TOP10_PAGES_HOUR, Side.BATCH)
                                .told())
                        .containsExactlyInAnyOrder(
                                "2015-09-12 00:00:00.0|Y|2|1",
                                "2015-09-12 00:00:00.0|A|1|2",
                                "2015-09-12 00:00:00.0|X|1|3");
            }
        }
    }

    @Test
    void areThePublishedRowsOfTheRealDay() throws IOException {
        var expected = RealData.file("activity/expected");
        try (var oracle = WikiOracle.over(LogRecord.ofLines(realDay(), 0))) {
            for (var view : WikiView.values()) {
                assertThat(oracle.differences(view, Side.BATCH, oracle.published(view, expected)))
                        .as("%s", view)
                        .isEmpty();
            }
            assertThat(oracle.expected(WikiView.SESSIONS_30MIN, Side.BATCH).cells())
                    .hasSize(16_097);
        }
    }

    private static List<String> realDay() throws IOException {
        var file = RealData.file("activity/wikiticker-2015-09-12-sampled.json.gz");
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    @Nested
    class Promises extends OracleContract<WikiView> {
        Promises() {
            super(small(), WikiView.class, 5);
        }
    }
}
