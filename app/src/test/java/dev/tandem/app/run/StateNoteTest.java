package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.stage.StateKind;
import dev.tandem.engine.stage.StateShare;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running stream leaves in its home for the web UI of another process. */
class StateNoteTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path home;

    private static List<StateShare> shares(long rows) {
        return List.of(
                new StateShare(StateKind.KEYS, 0, rows, 40 * rows, "driver"),
                new StateShare(StateKind.GROUPS, 1, 7, 2_100, "executor_10.0.0.5_3"));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    @Test
    void isReadAsItWasTold() {
        var file = home.resolve("running/orders.json");
        new StateNote(file, at(NOON)).tell(shares(1_000));
        assertThat(StateNote.read(file))
                .containsExactly(
                        new StateNote.Part("keys", 0, 1_000, 40_000, "driver"),
                        new StateNote.Part("groups", 1, 7, 2_100, "executor_10.0.0.5_3"));
    }

    @Test
    void isWrittenAtMostEveryTwoSeconds() {
        var file = home.resolve("orders.json");
        var clock = new Moved();
        var note = new StateNote(file, clock);
        note.tell(shares(1));
        clock.now = NOON.plusMillis(1_999);
        note.tell(shares(2));
        assertThat(StateNote.read(file).get(0).rows()).isEqualTo(1);
        clock.now = NOON.plusMillis(2_000);
        note.tell(shares(3));
        assertThat(StateNote.read(file).get(0).rows()).isEqualTo(3);
    }

    @Test
    void isGoneWhenTheStreamHasEnded() {
        var file = home.resolve("orders.json");
        var note = new StateNote(file, at(NOON));
        note.tell(shares(1));
        note.delete();
        note.delete();
        assertThat(StateNote.read(file)).isEmpty();
    }

    /** A clock that stands until it is moved. */
    private static final class Moved extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return Clock.offset(this, Duration.ZERO);
        }
    }
}
