package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantsTest {
    @Nested
    class AnInstant {
        @ParameterizedTest
        @CsvSource({
            "1970-01-01T00:00:00Z, 0",
            "1970-01-01T00:00:00.000001999Z, 1",
            "1969-12-31T23:59:59.999999Z, -1",
            "1969-12-31T23:59:59.999999999Z, -1",
            "0001-01-01T00:00:00Z, -62135596800000000",
            "9999-12-31T23:59:59.999999Z, 253402300799999999"
        })
        void isCutBelowAMicrosecond(Instant instant, long micros) {
            assertThat(Instants.micros(instant)).isEqualTo(micros);
        }

        @ParameterizedTest
        @CsvSource({"0", "1", "-1", "-62135596800000000", "253402300799999999"})
        void comesBackFromItsMicroseconds(long micros) {
            assertThat(Instants.micros(Instants.ofMicros(micros))).isEqualTo(micros);
        }
    }
}
