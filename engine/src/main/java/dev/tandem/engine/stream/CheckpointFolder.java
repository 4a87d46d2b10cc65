package dev.tandem.engine.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Spark's checkpoint, looked at before Spark does: at a file that is empty or torn Spark ends with an error that names neither the
 * cause nor the remedy. The ledger has every position that counts, so a damaged checkpoint is set aside and nothing is lost.
 */
record CheckpointFolder(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Without it Spark starts from scratch; so it is moved first, and the next start detects an interrupted move as damage. */
    private static final String METADATA = "metadata";

    private static final List<String> FILES = List.of(METADATA, "commits", "offsets", "sources", "state");

    /** Moves a damaged checkpoint away and returns what was wrong and where it is now; empty if Spark can read it. */
    Optional<String> setAsideIfDamaged(Instant now) {
        try {
            var damage = damage();
            if (damage.isEmpty()) {
                return Optional.empty();
            }
            var aside = folder.resolveSibling(folder.getFileName() + ".damaged-" + TIME.format(now));
            setAside(aside);
            return Optional.of(
                    "the checkpoint is damaged (%s); it was moved to %s, and the stream goes on from its ledger"
                            .formatted(damage.get(), aside));
        } catch (IOException e) {
            throw new EngineException(
                    "Cannot read or move the checkpoint %s: %s; see who may write there".formatted(folder, e), e);
        }
    }

    private void setAside(Path aside) throws IOException {
        Files.createDirectories(aside);
        for (var name : FILES) {
            if (Files.exists(folder.resolve(name))) {
                Files.move(folder.resolve(name), aside.resolve(name));
            }
        }
    }

    private Optional<String> damage() throws IOException {
        var offsets = numbers("offsets");
        var commits = numbers("commits");
        if (offsets.isEmpty()) {
            return commits.isEmpty() && !Files.exists(folder.resolve(METADATA))
                    ? Optional.empty()
                    : withoutOffsets(commits);
        }
        long last = offsets.last();
        if (!commits.isEmpty() && commits.last() > last) {
            return Optional.of("offsets/%d is missing".formatted(commits.last()));
        }
        var read = Stream.of(unreadable(METADATA, 0), unreadable("offsets/" + last, 2))
                .flatMap(Optional::stream);
        var before = last == 0 ? Optional.<String>empty() : unreadable("offsets/" + (last - 1), 2);
        var done = commits.isEmpty() ? Optional.<String>empty() : unreadable("commits/" + commits.last(), 1);
        return Stream.of(read, before.stream(), done.stream()).flatMap(it -> it).findFirst();
    }

    /** A stream that ended before its first micro-batch has left a name and nothing else, which is no damage worth telling. */
    private Optional<String> withoutOffsets(TreeSet<Long> commits) throws IOException {
        if (!commits.isEmpty()) {
            return Optional.of("offsets are missing");
        }
        Files.delete(folder.resolve(METADATA));
        return Optional.empty();
    }

    private TreeSet<Long> numbers(String name) throws IOException {
        var numbers = new TreeSet<Long>();
        if (Files.isDirectory(folder.resolve(name))) {
            try (var files = Files.list(folder.resolve(name))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.matches("[0-9]{1,18}"))
                        .forEach(file -> numbers.add(Long.valueOf(file)));
            }
        }
        return numbers;
    }

    /** A file has a line with its version, unless it has {@code objects} 0, and at least so many lines that are JSON objects. */
    private Optional<String> unreadable(String name, int objects) {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.of(name + " is missing");
        }
        try {
            var lines = Files.readAllLines(file);
            int version = objects == 0 ? 0 : 1;
            boolean whole = lines.size() >= Math.max(1, version + objects)
                    && (version == 0 || lines.get(0).matches("v[0-9]+"));
            for (var line : lines.subList(Math.min(version, lines.size()), lines.size())) {
                whole &= JSON.readTree(line).isObject();
            }
            return whole ? Optional.empty() : Optional.of(name + " is cut short");
        } catch (IOException e) {
            return Optional.of(name + " cannot be read");
        }
    }
}
