package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.model.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Worked out by hand: 100 events a second; the stream uses 40 µs for each, the batch 10 µs and 5 µs of wall time. */
class BreakEvenTest {
    private static Report.Runs runs(boolean backlog, Map<Mode, Report.Cost> cost) {
        return new Report.Runs(
                Map.of(),
                new Report.Latency("", 1, 1, 2_000, 3, 4, backlog, List.of(), 0),
                Map.of(Mode.STREAM, new Report.Throughput(100, 1_000_000, 10_000, "")),
                cost);
    }

    private static final Map<Mode, Report.Cost> BOTH = Map.of(
            Mode.STREAM, new Report.Cost(40, 10_000, 1_000_000, 0, 0, 0, 0),
            Mode.BATCH, new Report.Cost(10, 5, 1_000_000, 0, 0, 0, 0));

    @Test
    void weighsABatchEveryTenMinutesAgainstTheStream() {
        var told = BreakEven.of(runs(false, BOTH)).orElseThrow();
        assertThat(told.interval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(told.cpuShare()).isEqualTo(0.25, within(1e-12));
        // 600 s of waiting, then 60,000 records at 5 µs.
        assertThat(told.oldestSeconds()).isEqualTo(600.3, within(1e-9));
        assertThat(told.streamSeconds()).isEqualTo(2);
        // After k runs over the whole log it has counted k (k + 1) / 2 intervals: as much as the stream at k + 1 = 8.
        assertThat(told.runsUntilDearer()).isEqualTo(7);
    }

    @Test
    void saysNothingWhereTheInputLayWaitingOrAModeWasNotMeasured() {
        assertThat(BreakEven.of(runs(true, BOTH))).isEmpty();
        assertThat(BreakEven.of(runs(false, Map.of(Mode.STREAM, BOTH.get(Mode.STREAM)))))
                .isEmpty();
    }
}
