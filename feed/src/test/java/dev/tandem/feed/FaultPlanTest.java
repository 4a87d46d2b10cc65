package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final FaultPlan LATE =
            FaultPlan.none().withLate(1, Duration.ofSeconds(10), Duration.ofSeconds(1_000));

    @Test
    void delaysByTensOfSecondsAsOftenAsByHundreds() {
        var hundreds = LongStream.range(0, 10_000)
                .filter(event -> LATE.decide(7, event).delay() > 100_000_000_000L)
                .count();

        assertThat(hundreds).isBetween(4_800L, 5_200L);
    }

    @Test
    void decidesTheSameForTheSameEvent() {
        assertThat(LATE.decide(7, 4_211)).isEqualTo(LATE.decide(7, 4_211)).isNotEqualTo(LATE.decide(8, 4_211));
    }

    @Test
    void refusesAShareAboveOne() {
        assertThatThrownBy(() -> FaultPlan.none().withMalformed(1.5))
                .hasMessage("Cannot inject malformed: share 1.5 is not between 0 and 1; give a share such as 0.02");
    }

    @Test
    void refusesSharesThatDoNotFitTogether() {
        assertThatThrownBy(() -> LATE.withMalformed(0.5))
                .hasMessage("Cannot inject faults: the shares sum to 1.5 and an event meets one at most;"
                        + " keep the sum at or below 1");
    }

    @Test
    void refusesADelayThatShrinks() {
        assertThatThrownBy(() -> FaultPlan.none().withLate(0.1, Duration.ofMinutes(5), Duration.ofSeconds(10)))
                .hasMessage(
                        "Cannot delay from PT5M to PT10S: a delay is not negative and grows; write the shorter one first");
    }
}
