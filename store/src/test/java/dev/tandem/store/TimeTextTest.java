package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00.000001Z, 2026-03-01 12:00:00.000001",
        "2026-03-01T23:59:59.123456789Z, 2026-03-01 23:59:59.123456",
        "1970-01-01T00:00:00Z, 1970-01-01 00:00:00.000000",
        "1969-12-31T23:59:59.999999Z, 1969-12-31 23:59:59.999999",
        "2000-02-29T01:02:03.040506Z, 2000-02-29 01:02:03.040506",
        "0001-01-01T00:00:00.000001Z, 0001-01-01 00:00:00.000001",
        "9999-12-31T23:59:59.999999Z, 9999-12-31 23:59:59.999999",
        "+10000-01-01T00:00:00Z, +10000-01-01 00:00:00.000000",
    })
    void hasSixDecimals(Instant time, String text) {
        assertThat(new String(TimeText.of(time, ' '), StandardCharsets.US_ASCII))
                .isEqualTo(text);
    }
}
