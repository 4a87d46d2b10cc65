package dev.tandem.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Event times are seconds here; what is expected was counted by hand. */
class LatenessTest {
    private static Lateness of(long... seconds) {
        return Lateness.of(Arrays.stream(seconds).map(it -> it * 1_000_000).toArray());
    }

    @Test
    void ofRecordsInOrderIsNoneAndTheUsualDelayIsProposed() {
        var lateness = of(0, 10, 10, 20);
        assertThat(lateness.outOfOrder()).isZero();
        assertThat(lateness.proposed()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void isTheDistanceToTheLatestEventBefore() {
        var lateness = of(0, 100, 40, 90, 100, 130);
        assertThat(lateness.outOfOrder()).isEqualTo(2);
        assertThat(lateness.greatest()).isEqualTo(Duration.ofSeconds(60));
        assertThat(lateness.moreBehindThan(Duration.ofSeconds(10))).isEqualTo(1);
        assertThat(lateness.moreBehindThan(Duration.ofSeconds(60))).isZero();
        assertThat(lateness.span()).isEqualTo(Duration.ofSeconds(130));
    }

    @Test
    void proposesTheSmallestUsualDelayThatLosesNoMoreThanOneInAThousand() {
        assertThat(of(0, 100, 40, 90).proposed()).isEqualTo(Duration.ofMinutes(1));
        assertThat(of(0, 100, 39, 90).proposed()).isEqualTo(Duration.ofMinutes(2));
        var thousand = new long[1_000];
        Arrays.setAll(thousand, it -> 10_000 + it);
        thousand[500] = 0;
        assertThat(of(thousand).proposed()).isEqualTo(Duration.ofMinutes(1).dividedBy(12));
    }

    /** With windows of a minute the event of second 59 is refused once the watermark is at second 60. */
    @Test
    void losesARecordOnlyWhenItsWindowHasClosed() {
        var lateness = of(59, 90, 59);
        assertThat(lateness.lost(Duration.ofSeconds(30), Duration.ofMinutes(1))).isEqualTo(1);
        assertThat(lateness.lost(Duration.ofSeconds(31), Duration.ofMinutes(1))).isZero();
        assertThat(lateness.lost(Duration.ofSeconds(0), Duration.ofHours(1))).isZero();
    }
}
