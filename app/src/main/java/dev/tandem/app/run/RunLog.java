package dev.tandem.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The file a definition names in {@code batch.log} or {@code stream.log}: a line for each run of a batch and each micro-batch of
 * a stream, for {@code tail} and {@code grep}. Each line is one write at the end of the file, so that several processes can share
 * it.
 *
 * <p>A file that cannot be opened is refused at once; a line that cannot be written later does not stop the run and is reported
 * once. Safe for use by several threads.
 */
final class RunLog {
    private static final int LONGEST_REASON = 2_000;

    private final Optional<Path> file;
    private final String pipeline;
    private final Clock clock;
    private final Narrator narrator;
    private final AtomicBoolean told = new AtomicBoolean();

    private RunLog(Optional<Path> file, String pipeline, Clock clock, Narrator narrator) {
        this.file = file;
        this.pipeline = pipeline;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Makes the file and its folders where they are missing; without a file every line goes nowhere. */
    static RunLog open(Optional<Path> file, String pipeline, Clock clock, Narrator narrator) {
        file.ifPresent(RunLog::make);
        return new RunLog(file, pipeline, clock, narrator);
    }

    private static void make(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            append(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write the log %s: %s; name a file in the definition's 'log' that can be written"
                            .formatted(file, e),
                    e);
        }
    }

    /** A batch that ended; {@code cut} is the micro-batch up to which it counted. */
    void finished(Duration took, long records, long cut) {
        line("batch finished in %.3f s, %,d records, cut %d", seconds(took), records, cut);
    }

    /** A batch that did not. */
    void failed(Duration took, String reason) {
        line("batch failed after %.3f s: %s", seconds(took), oneLine(reason));
    }

    /** A micro-batch of a stream, committed. */
    void microBatch(MicroBatch done) {
        line(
                "micro-batch %d: %,d records in %.2f s, %,d late, %,d quarantined",
                done.number(), done.records(), seconds(done.took()), done.late(), done.quarantined());
    }

    /** What a micro-batch did. */
    record MicroBatch(long number, long records, Duration took, long late, long quarantined) {}

    private static double seconds(Duration took) {
        return took.toNanos() / 1e9;
    }

    /** A driver's message may have many lines, and a log line is one. */
    private static String oneLine(String reason) {
        var text = reason.strip().replaceAll("\\s+", " ");
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
    }

    private void line(String format, Object... values) {
        file.ifPresent(to -> write(to, String.format(Locale.ROOT, format, values)));
    }

    private void write(Path to, String what) {
        var time = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            append(to, "%s %s %s\n".formatted(time, pipeline, what));
        } catch (IOException e) {
            if (told.compareAndSet(false, true)) {
                narrator.tell("Cannot write the log %s: %s; the run goes on without it".formatted(to, e));
            }
        }
    }

    private static void append(Path file, String text) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
