package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Pace;
import dev.tandem.model.Mode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stream that is fed as in life, 120 records a second, with event time running so fast that windows close all the time. */
@ExtendWith(Bench.Giver.class)
class LiveStreamTest {
    private static final long EVENTS = Long.getLong("live.seconds", 10) * 120;

    private static Stage stage;
    private static FeedSummary fed;
    private static StreamMeter.Reading reading;
    private static boolean caughtUp;

    @BeforeAll
    static void feedAndStream(Bench bench) throws InterruptedException {
        stage = bench.stage("_live");
        try (var stream = stage.job().stream(new StreamJob.Pace(Optional.empty(), Optional.empty()))) {
            fed = stage.generate(EVENTS, new Pace.Evenly(120));
            caughtUp = stream.run().drained(stage.end(), Duration.ofSeconds(5));
            reading = stream.finish("drained");
        }
    }

    @Test
    void S0_01_isFedAtItsRate() {
        assertThat(fed.acked()).isEqualTo(stage.log().size()).isGreaterThanOrEqualTo(EVENTS);
        assertThat(fed.perSecond()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void S0_15_keepsUpWithItsRate() {
        assertThat(caughtUp).isTrue();
        assertThat(reading.fates().read()).isEqualTo(fed.acked());
        assertThat(reading.fates().read() / reading.seconds()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void S0_14_showsARecordWithinFiveSeconds() {
        assertThat(reading.samples() + reading.warmUp()).isBetween(fed.acked() / 11, fed.acked());
        assertThat(reading.p95()).isLessThan(5_000);
    }

    /** From the arrival of the first record that carries the watermark beyond the end, to the commit of the final rows. */
    @Test
    void S0_14_closesAWindowWithinFiveSeconds() {
        var closing = stage.rows("""
                select w.window_start, timestampdiff(microsecond, min(r.arrived_at), max(w.as_of)) from %s w
                join %s r on r.event_time >= w.window_end + interval 2 minute where w.status = 'closed' group by 1""".formatted(stage.named("stream_window_totals"), stage.named("tweet_raw")));
        assertThat(closing.cells())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(row ->
                        assertThat(Long.parseLong(String.valueOf(row.get(1)))).isBetween(0L, 5_000_000L));
    }

    @Test
    void S0_20_showsHowFastWindowsComeRightAndWhatEachModeUses() {
        stage.batch();
        var report = stage.compare();
        assertThat(report.tradeOff().convergence()).isNotEmpty().allSatisfy(view -> {
            assertThat(view.steps().get(0).seconds()).isZero();
            assertThat(view.nearlyRight())
                    .hasValueSatisfying(seconds -> assertThat(seconds).isLessThan(5));
        });
        assertThat(report.runs().cost())
                .containsOnlyKeys(Mode.STREAM, Mode.BATCH)
                .allSatisfy((mode, cost) -> {
                    assertThat(cost.records()).isEqualTo(fed.acked());
                    assertThat(cost.cpuSeconds()).isPositive();
                    assertThat(cost.peakHeapBytes()).isPositive();
                });
        assertThat(report.runs().cost()).hasEntrySatisfying(Mode.STREAM, cost -> {
            assertThat(cost.stateRows()).isPositive();
            assertThat(cost.stateBytes()).isPositive();
        });
    }
}
