package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.engine.stage.StateShare;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What each partition of a running stream's state holds, in a file of the home, so that the web UI and the metrics of another
 * process can show it. Written at most every two seconds, and deleted when the stream ends.
 */
public final class StateNote {
    private static final long BETWEEN_MILLIS = 2_000;

    private final NoteFile file;
    private final Clock clock;
    private long writtenMillis;

    StateNote(Path file, Clock clock) {
        this.file = new NoteFile(file);
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
        file.write(parts);
    }

    void delete() {
        file.delete();
    }

    /** What {@code file} tells; nothing if no stream runs. */
    public static List<Part> read(Path file) {
        var read = new ArrayList<Part>();
        new NoteFile(file).read().ifPresent(parts -> parts.forEach(it -> read.add(part(it))));
        return read;
    }

    private static Part part(JsonNode json) {
        return new Part(
                json.path("kind").asText(),
                json.path("part").asInt(),
                json.path("rows").asLong(),
                json.path("bytes").asLong(),
                json.path("place").asText());
    }
}
