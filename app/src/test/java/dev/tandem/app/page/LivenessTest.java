package dev.tandem.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.page.data.Activity;
import dev.tandem.store.LedgerPoll.Writer;
import dev.tandem.store.Runs;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(600);
    private static final Optional<Writer> US =
            Optional.of(new Writer("process " + ProcessHandle.current().pid(), LONG_AGO));
    private static final Optional<Writer> NOBODY = Optional.of(new Writer("process 2147483646", LONG_AGO));

    private static Optional<Runs.Run> run(Optional<String> outcome) {
        var start = new Runs.Start("stream-1", "tweets", Mode.STREAM, "hash", Optional.empty(), LONG_AGO);
        return Optional.of(new Runs.Run(start, outcome.map(it -> new Runs.End(LONG_AGO, it, Optional.empty(), "{}"))));
    }

    @Test
    void withoutARunItHasNeverRun() {
        assertThat(Liveness.of(Optional.empty(), US, Optional.empty(), NOW)).isEqualTo(Activity.NEVER_RUN);
    }

    @Test
    void aRunThatEndedIsStopped() {
        assertThat(Liveness.of(run(Optional.of("drained")), US, Optional.of(NOW), NOW))
                .isEqualTo(Activity.STOPPED);
    }

    @Test
    void aRunThatFailedIsToldAsSuch() {
        assertThat(Liveness.of(run(Optional.of("failed: no disk")), US, Optional.of(NOW), NOW))
                .isEqualTo(Activity.FAILED);
    }

    @Test
    void aSilentRunIsBelievedWhileItsProcessIsThere() {
        assertThat(Liveness.of(run(Optional.empty()), US, Optional.of(LONG_AGO), NOW))
                .isEqualTo(Activity.RUNNING);
    }

    @Test
    void aRunOnAnotherMachineIsBelievedWhileItCommits() {
        assertThat(Liveness.of(run(Optional.empty()), NOBODY, Optional.of(NOW.minusSeconds(2)), NOW))
                .isEqualTo(Activity.RUNNING);
    }

    @Test
    void aKilledRunHasFailed() {
        assertThat(Liveness.of(run(Optional.empty()), NOBODY, Optional.of(LONG_AGO), NOW))
                .isEqualTo(Activity.FAILED);
    }
}
