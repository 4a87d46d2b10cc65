package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void spreadsRecordsEvenly() {
        assertThat(new Pace.Evenly(120).due(360, Duration.ZERO)).isEqualTo(3_000_000_000L);
    }

    @Test
    void repeatsArrivalsFaster() {
        assertThat(new Pace.AsArrived(20).due(7, Duration.ofSeconds(60))).isEqualTo(3_000_000_000L);
    }

    @Test
    void refusesToStandStill() {
        assertThatThrownBy(() -> new Pace.Evenly(0))
                .hasMessage("Cannot send 0.0 records a second: the pace is not above 0; give a number such as 120");
    }

    @Test
    void S1_16_pausesBetweenBatchesAlone() {
        var pace = new Pace.Batches(100, Duration.ofSeconds(1), Duration.ofSeconds(3));
        var dues = LongStream.range(0, 10_200)
                .map(number -> pace.due(number, Duration.ZERO))
                .toArray();

        for (var at = 1; at < dues.length; at++) {
            var pause = dues[at] - dues[at - 1];
            assertThat(pause).isBetween(at % 100 == 0 ? 1_000_000_000L : 0, at % 100 == 0 ? 3_000_000_000L : 0);
        }
        assertThat(dues[0]).isZero();
        assertThat(LongStream.of(dues).distinct()).hasSize(102);
    }

    @Test
    void S1_16_drawsPausesEvenlyFromTheSeed() {
        var pause = Pause.between(Duration.ofSeconds(1), Duration.ofSeconds(3), 7);
        var shorter = LongStream.range(1, 10_001)
                .filter(part -> pause.before(part) < 1_500_000_000L)
                .count();

        assertThat(shorter).isBetween(2_300L, 2_700L);
        assertThat(pause.before(5))
                .isNotEqualTo(Pause.between(pause.from(), pause.to(), 8).before(5));
    }

    @Test
    void tellsTheSameDueTimeWhateverWasAskedBefore() {
        var pace = new Pace.Batches(10, Duration.ofSeconds(1), Duration.ofSeconds(3));
        var later = pace.due(55, Duration.ZERO);

        var unused = pace.due(3, Duration.ZERO);

        assertThat(pace.due(55, Duration.ZERO)).isEqualTo(later);
    }

    @Test
    void refusesAPauseThatShrinks() {
        assertThatThrownBy(() -> new Pace.Batches(10, Duration.ofSeconds(3), Duration.ofSeconds(1)))
                .hasMessage(
                        "Cannot pause from PT3S to PT1S: a pause is not negative and grows; write the shorter one first");
    }
}
