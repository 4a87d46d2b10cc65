package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
}
