package dev.tandem.app.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Reason;
import dev.tandem.page.data.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last comparison of a pipeline, read again when its file has changed. */
final class LastReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file's text and what of it stands in one line; {@code stamp} changes with the file. */
    record Read(
            String stamp,
            String text,
            String verdict,
            double percent,
            long unexplained,
            Optional<Instant> comparedAt) {}

    private @Nullable Read known;

    /** Empty before the first comparison. */
    synchronized Optional<Read> read(Path file) {
        try {
            var stamp = stamp(file);
            var before = known;
            if (before == null || !before.stamp().equals(stamp)) {
                before = read(stamp, Files.readString(file));
                known = before;
            }
            return Optional.of(before);
        } catch (NoSuchFileException e) {
            known = null;
            return Optional.empty();
        } catch (IOException e) {
            throw new Unavailable("Cannot read %s: %s; compare again".formatted(file, Reason.of(e)), e);
        }
    }

    private static String stamp(Path file) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        return "%d".formatted(modified.toMillis());
    }

    private static Read read(String stamp, String text) throws JsonProcessingException {
        var report = JSON.readTree(text);
        return new Read(
                stamp,
                text,
                report.path("verdict").asText("pending"),
                report.path("accuracy").path("percent").asDouble(),
                report.path("unexplained").asLong(),
                instant(report.path("generated_at")));
    }

    private static Optional<Instant> instant(JsonNode node) {
        return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
    }
}
