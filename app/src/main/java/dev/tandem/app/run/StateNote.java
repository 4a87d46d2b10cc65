package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.engine.stage.StateShare;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What each partition of a running stream's state holds, in a file of the home, so that the web UI and the metrics of another
 * process can show it. Written at most every two seconds, and deleted when the stream ends.
 */
public final class StateNote {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BETWEEN_MILLIS = 2_000;

    private final Path file;
    private final Clock clock;
    private long writtenMillis;

    StateNote(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * One partition.
     *
     * @param kind {@code keys} or {@code groups}
     * @param place the process that holds it
     */
    public record Part(String kind, int part, long rows, long bytes, String place) {}

    /** Writes it if the last one is old enough. */
    void tell(List<StateShare> shares) {
        if (clock.millis() - writtenMillis < BETWEEN_MILLIS) {
            return;
        }
        writtenMillis = clock.millis();
        var parts = shares.stream()
                .map(it -> new Part(it.kind().word(), it.part(), it.rows(), it.bytes(), it.place()))
                .toList();
        try {
            Files.createDirectories(file.getParent());
            var unfinished = file.resolveSibling("." + file.getFileName());
            JSON.writeValue(unfinished.toFile(), parts);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    /** What {@code file} tells; nothing if no stream runs. */
    public static List<Part> read(Path file) {
        JsonNode parts;
        try {
            parts = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(file, Reason.of(e)), e);
        }
        var read = new ArrayList<Part>();
        for (var it : parts) {
            read.add(new Part(
                    it.path("kind").asText(),
                    it.path("part").asInt(),
                    it.path("rows").asLong(),
                    it.path("bytes").asLong(),
                    it.path("place").asText()));
        }
        return read;
    }
}
