package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.run.RunNote.Status;
import dev.tandem.app.run.RunNote.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others learn of a process that runs a schedule. */
class RunNoteTest {
    private static final Instant NEXT = Instant.parse("2026-03-01T12:40:00Z");

    @TempDir
    private Path home = Path.of("");

    private Workspace workspace() {
        return Workspace.at(home, home);
    }

    @Test
    void tellsWhatAStartIsAtUntilItIsUp() {
        try (var note = RunNote.begin(workspace(), "tweets", Verb.START)) {
            note.doing("opening the stream");
            assertThat(RunNote.read(workspace(), "tweets"))
                    .containsExactly(new Status(Verb.START, Optional.of("opening the stream"), Optional.empty()));
            note.up();
            assertThat(note.next(NEXT)).isTrue();
            assertThat(note.next(NEXT)).as("told before").isFalse();
            assertThat(RunNote.read(workspace(), "tweets"))
                    .containsExactly(new Status(Verb.START, Optional.empty(), Optional.of(NEXT)));
            assertThat(RunNote.read(workspace(), "orders")).isEmpty();
        }
    }

    @Test
    void isGoneWhenTheProcessHasEndedItsRun() {
        RunNote.begin(workspace(), "tweets", Verb.SCHEDULE).close();
        assertThat(RunNote.read(workspace(), "tweets")).isEmpty();
    }

    /** The process of this test, but begun at another time: a number that was given again. */
    @Test
    void isNotBelievedOfAProcessThatWasKilled() throws IOException {
        var folder = Files.createDirectories(home.resolve("running"));
        Files.writeString(
                folder.resolve("tweets.start.json"),
                "{\"process\":%d,\"process_began\":\"2001-01-01T00:00:00Z\",\"doing\":\"starting\"}"
                        .formatted(ProcessHandle.current().pid()));
        assertThat(RunNote.read(workspace(), "tweets")).isEmpty();
    }
}
