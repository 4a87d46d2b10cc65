package dev.tandem.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbers that a prefix has already used up in some folders, whatever the files' endings. */
record FileNumbers(String prefix) {

    /** The highest number, or 0. */
    long highest(Stream<Path> folders) {
        return folders.filter(Files::isDirectory)
                .mapToLong(this::highestIn)
                .max()
                .orElse(0);
    }

    private long highestIn(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(this::number).max().orElse(0);
        } catch (IOException | UncheckedIOException e) {
            throw new FeedException(
                    "Cannot look into %s: %s; check the folder and who may read it".formatted(folder, e.getMessage()),
                    e);
        }
    }

    private long number(Path file) {
        var matcher = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,18})\\..*")
                .matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
