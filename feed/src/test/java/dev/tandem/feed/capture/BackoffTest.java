package dev.tandem.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 0.5);

    @Test
    void doublesUpToItsCap() {
        assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(4, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(backoff.after(7, 0)).isEqualTo(Duration.ofSeconds(60));
        assertThat(backoff.after(1_000_000, 0)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void takesOffAPartByChance() {
        assertThat(backoff.after(4, 0.5)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void refusesToShrink() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 0))
                .hasMessage(
                        "Cannot wait from PT2S to PT1S less a part of 0.0: a wait is not negative and grows, a part is"
                                + " between 0 and 1; write the shorter one first");
    }
}
