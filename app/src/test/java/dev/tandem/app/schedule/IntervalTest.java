package dev.tandem.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Plans;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    private static Timetable every(Duration length) {
        return Timetable.of(new Plans.Schedule.Every(length));
    }

    @ParameterizedTest
    @CsvSource({
        "PT10M, 2026-01-01T00:00:00Z, 2026-01-01T00:10:00Z 2026-01-01T00:20:00Z 2026-01-01T00:30:00Z",
        "PT10M, 2026-01-01T00:09:59.999Z, 2026-01-01T00:10:00Z 2026-01-01T00:20:00Z 2026-01-01T00:30:00Z",
        "PT10M, 2026-01-01T00:10:00.001Z, 2026-01-01T00:20:00Z 2026-01-01T00:30:00Z 2026-01-01T00:40:00Z",
        "PT24H, 2026-03-28T12:00:00Z, 2026-03-29T00:00:00Z 2026-03-30T00:00:00Z 2026-03-31T00:00:00Z",
        "PT7H, 1970-01-01T00:00:00Z, 1970-01-01T07:00:00Z 1970-01-01T14:00:00Z 1970-01-01T21:00:00Z",
        "PT1S, 1969-12-31T23:59:58Z, 1969-12-31T23:59:59Z 1970-01-01T00:00:00Z 1970-01-01T00:00:01Z",
    })
    void comesAfterEachLengthOfTime(Duration length, Instant from, String times) {
        assertThat(every(length).next(3, from))
                .extracting(time -> time.toInstant().toString())
                .containsExactly(times.split(" "));
    }

    @Test
    void skipsNothingWhereClocksGoForward() {
        var from = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(every(Duration.ofMinutes(30)).skipped(from, from.plus(Duration.ofDays(730))))
                .isEmpty();
    }

    @Test
    void tellsItselfToPeopleAndPrograms() {
        assertThat(every(Duration.ofMinutes(90)).told()).isEqualTo("every 1 hour 30 minutes");
        assertThat(every(Duration.ofMinutes(90)).parts())
                .containsOnlyKeys("every")
                .containsValue("PT1H30M");
    }

    @Test
    void ofLessThanASecondIsRefused() {
        assertThatThrownBy(() -> every(Duration.ofMillis(500)))
                .isInstanceOf(UnusableSchedule.class)
                .hasMessage("a batch cannot run every 500 milliseconds: a second is the shortest");
    }
}
