package dev.tandem.app.page;

import dev.tandem.page.data.Activity;
import dev.tandem.store.LedgerPoll;
import dev.tandem.store.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a stream is running, from what it left behind. A run that was killed never closed its book, so one without an end is
 * believed only while its process is there, or while it has just committed, as one on another machine does.
 */
final class Liveness {
    private static final Duration JUST_NOW = Duration.ofSeconds(30);
    private static final Pattern PROCESS = Pattern.compile("process (\\d+)");

    private Liveness() {}

    static Activity of(
            Optional<Runs.Run> latest, Optional<LedgerPoll.Writer> writer, Optional<Instant> lastCommit, Instant now) {
        if (latest.isEmpty()) {
            return Activity.NEVER_RUN;
        }
        var end = latest.get().end();
        if (end.isPresent()) {
            return failed(end.get()) ? Activity.FAILED : Activity.STOPPED;
        }
        boolean recent = lastCommit
                .filter(it -> it.isAfter(now.minus(JUST_NOW)))
                .or(() -> Optional.of(latest.get().start().started()).filter(it -> it.isAfter(now.minus(JUST_NOW))))
                .isPresent();
        return recent || writer.filter(Liveness::isAlive).isPresent() ? Activity.RUNNING : Activity.FAILED;
    }

    static boolean failed(Runs.End end) {
        return end.outcome().startsWith("failed");
    }

    private static boolean isAlive(LedgerPoll.Writer writer) {
        var process = PROCESS.matcher(writer.owner());
        return process.matches()
                && ProcessHandle.of(Long.parseLong(process.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }
}
