package dev.tandem.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Plans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BatchScheduleTest {
    private final Hands hands = new Hands(Instant.parse("2026-01-01T10:30:00Z"));
    private final List<BatchSchedule.Run> runs = new ArrayList<>();
    private final Timetable hourly = Timetable.of(new Plans.Schedule.Cron("0 * * * *", ZoneOffset.UTC));
    private final Timetable everyTenMinutes = Timetable.of(new Plans.Schedule.Every(Duration.ofMinutes(10)));

    private List<String> told(Optional<Instant> last, BatchSchedule.Job job) {
        return told(hourly, last, job);
    }

    /** Runs until three runs are done. */
    private List<String> told(Timetable timetable, Optional<Instant> last, BatchSchedule.Job job) {
        var schedule = new BatchSchedule(timetable, hands, hands::moveTo, run -> {
            runs.add(run);
            if (runs.size() == 3) {
                throw new Enough();
            }
        });
        try {
            schedule.run(last, job);
        } catch (Enough | InterruptedException enough) {
            // that is how a test ends it
        }
        return runs.stream().map(BatchSchedule.Run::told).toList();
    }

    @Test
    void runsAtEachTime() {
        assertThat(told(Optional.empty(), due -> hands.pass(Duration.ofMinutes(2))))
                .containsExactly(
                        "2026-01-01T11:00:00Z due 2026-01-01T11:00:00Z: done in 120.0 s",
                        "2026-01-01T12:00:00Z due 2026-01-01T12:00:00Z: done in 120.0 s",
                        "2026-01-01T13:00:00Z due 2026-01-01T13:00:00Z: done in 120.0 s");
    }

    @Test
    void leavesOutTimesThatPassDuringALongRun() {
        assertThat(told(Optional.empty(), due -> hands.pass(Duration.ofMinutes(130))))
                .containsExactly(
                        "2026-01-01T11:00:00Z due 2026-01-01T11:00:00Z: done in 7800.0 s",
                        "2026-01-01T13:10:00Z due 2026-01-01T13:00:00Z, 600 s late, 1 earlier left out: done in 7800.0 s",
                        "2026-01-01T15:20:00Z due 2026-01-01T15:00:00Z, 1200 s late, 1 earlier left out: done in 7800.0 s");
    }

    @Test
    void makesUpOnceForTimesMissedWhileAway() {
        var last = Optional.of(Instant.parse("2026-01-01T07:00:00Z"));
        assertThat(told(last, due -> {}).get(0))
                .isEqualTo(
                        "2026-01-01T10:30:00Z due 2026-01-01T10:00:00Z, 1800 s late, 2 earlier left out: done in 0.0 s");
    }

    @Test
    void goesOnAfterARunThatFails() {
        var told = told(Optional.empty(), due -> {
            throw new IllegalStateException("the database is away");
        });
        assertThat(told).hasSize(3).first().asString().endsWith(": failed: the database is away");
    }

    @Test
    void aWaitThatReturnsEarlyRunsNothingEarly() {
        var schedule = new BatchSchedule(hourly, hands, until -> hands.pass(Duration.ofSeconds(7)), run -> {
            runs.add(run);
            throw new Enough();
        });
        try {
            schedule.run(Optional.empty(), due -> {});
        } catch (Enough | InterruptedException enough) {
            // that is how a test ends it
        }
        assertThat(runs.get(0).started())
                .isBetween(Instant.parse("2026-01-01T11:00:00Z"), Instant.parse("2026-01-01T11:00:07Z"));
    }

    @Nested
    class AnInterval {
        @Test
        void S2_06_runsEveryTenMinutes() {
            assertThat(told(everyTenMinutes, Optional.empty(), due -> hands.pass(Duration.ofSeconds(4))))
                    .containsExactly(
                            "2026-01-01T10:40:00Z due 2026-01-01T10:40:00Z: done in 4.0 s",
                            "2026-01-01T10:50:00Z due 2026-01-01T10:50:00Z: done in 4.0 s",
                            "2026-01-01T11:00:00Z due 2026-01-01T11:00:00Z: done in 4.0 s");
        }

        @Test
        void isDelayedByARunThatLastsBeyondItAndNeverOverlaps() {
            assertThat(told(everyTenMinutes, Optional.empty(), due -> hands.pass(Duration.ofMinutes(25))))
                    .containsExactly(
                            "2026-01-01T10:40:00Z due 2026-01-01T10:40:00Z: done in 1500.0 s",
                            "2026-01-01T11:05:00Z due 2026-01-01T11:00:00Z, 300 s late, 1 earlier left out: done in 1500.0 s",
                            "2026-01-01T11:30:00Z due 2026-01-01T11:30:00Z, 2 earlier left out: done in 1500.0 s");
        }

        @Test
        void keepsItsTimesAfterARestart() {
            var last = Optional.of(Instant.parse("2026-01-01T09:50:03Z"));
            assertThat(told(everyTenMinutes, last, due -> hands.pass(Duration.ofSeconds(1))))
                    .startsWith(
                            "2026-01-01T10:30:00Z due 2026-01-01T10:30:00Z, 3 earlier left out: done in 1.0 s",
                            "2026-01-01T10:40:00Z due 2026-01-01T10:40:00Z: done in 1.0 s");
        }

        @Test
        void makesUpOnceForTheTimeItsMachineSlept() {
            var schedule =
                    new BatchSchedule(everyTenMinutes, hands, until -> hands.pass(Duration.ofMinutes(47)), run -> {
                        runs.add(run);
                        throw new Enough();
                    });
            assertThatThrownBy(() -> schedule.run(Optional.empty(), due -> {})).isInstanceOf(Enough.class);
            assertThat(runs.get(0).told())
                    .isEqualTo(
                            "2026-01-01T11:17:00Z due 2026-01-01T11:10:00Z, 420 s late, 3 earlier left out: done in 0.0 s");
        }
    }

    @Nested
    class ASingleRun {
        @Test
        void isNowAndLogged() throws Exception {
            var run = BatchSchedule.once(hands, due -> hands.pass(Duration.ofSeconds(3)), runs::add);
            assertThat(run.told()).isEqualTo("2026-01-01T10:30:00Z due 2026-01-01T10:30:00Z: done in 3.0 s");
            assertThat(runs).containsExactly(run);
        }

        @Test
        void isLoggedAndThrownWhenItFails() {
            BatchSchedule.Job failing = due -> {
                throw new IllegalStateException("the database is away");
            };
            assertThatThrownBy(() -> BatchSchedule.once(hands, failing, runs::add))
                    .hasMessage("the database is away");
            assertThat(runs)
                    .singleElement()
                    .extracting(BatchSchedule.Run::failure)
                    .isEqualTo(Optional.of("the database is away"));
        }
    }

    /** Ends a schedule from its log. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A clock that is moved by hand. */
    private static final class Hands extends Clock {
        private Instant now;

        Hands(Instant now) {
            this.now = now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        void moveTo(Instant moment) {
            now = moment;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
