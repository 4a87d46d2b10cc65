package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePatternTest {
    @Nested
    class APattern {
        @ParameterizedTest
        @ValueSource(
                strings = {"", "soon", "yyyy-MM-dd hh:mm", "HH:mm:ss", "MM-dd HH:mm", "yyyy-MM-dd mm", "YYYY-'W'ww", "{"
                })
        void isRefusedWhereItLeavesTheTimeOpen(String text) {
            assertThat(TimePattern.of(text)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"yyyy-MM-dd HH:mm, false", "yyyy-MM-dd HH:mmXXX, true", "yyyy-MM-dd HH:mm VV, true"})
        void knowsWhetherItNamesAZone(String text, boolean named) {
            assertThat(TimePattern.of(text).orElseThrow().namesZone()).isEqualTo(named);
        }
    }
}
