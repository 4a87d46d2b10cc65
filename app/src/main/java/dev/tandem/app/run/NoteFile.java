package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A JSON file of the home that a running process writes again and again for others, who never see half of one. */
record NoteFile(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Takes the place of what was there. */
    void write(Object content) {
        try {
            Files.createDirectories(path.getParent());
            var unfinished = path.resolveSibling("." + path.getFileName());
            JSON.writeValue(unfinished.toFile(), content);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(path, Reason.of(e)), e);
        }
    }

    /** Empty where there is none. */
    Optional<JsonNode> read() {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(path, Reason.of(e)), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete %s: %s".formatted(path, Reason.of(e)), e);
        }
    }
}
