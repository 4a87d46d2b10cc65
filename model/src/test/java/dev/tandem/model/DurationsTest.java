package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @Nested
    class ALengthOfTime {
        @ParameterizedTest
        @CsvSource({
            "20 minutes, PT20M",
            "20minutes, PT20M",
            "30s, PT30S",
            "1 h 30 m, PT1H30M",
            "1h30m, PT1H30M",
            "500 ms, PT0.5S",
            "2 Days, PT48H",
            "' 1 second ', PT1S",
            "0 s, PT0S",
            "36525 d, PT876600H"
        })
        void isReadAsPeopleWriteIt(String text, Duration expected) {
            assertThat(Durations.read(text)).contains(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "20",
                    "minutes",
                    "-5 minutes",
                    "1.5 hours",
                    "20 parsecs",
                    "5 minutes later",
                    "1 month",
                    "PT20M",
                    "1,000 s",
                    "٣ s",
                    "36526 d",
                    "999999999999 days",
                    "9999999999999 s"
                })
        void isNothingElse(String text) {
            assertThat(Durations.read(text)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "PT0S, 0 seconds",
            "PT1S, 1 second",
            "PT90M, 1 hour 30 minutes",
            "P2DT1M, 2 days 1 minute",
            "PT0.001S, 1 millisecond"
        })
        void isToldShortly(Duration duration, String expected) {
            assertThat(Durations.told(duration)).isEqualTo(expected);
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void isReadAsItWasTold(long seed) {
            var duration = Duration.ofMillis(new SplittableRandom(seed).nextLong(1L << (seed * 4)));
            assertThat(Durations.read(Durations.told(duration))).contains(duration);
        }
    }
}
