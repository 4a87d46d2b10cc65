package dev.tandem.model.reading;

import dev.tandem.model.DefinitionException;
import dev.tandem.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Definitions to read: a sound one with every key in it, and what one change makes of it. */
final class Definitions {
    static final Path ROOT = Path.of("..");
    static final Path RESOURCES = Path.of("src/test/resources");
    static final String SOUND = text(RESOURCES.resolve("sound.yaml"));
    static final String FILES = text(RESOURCES.resolve("files.yaml"));

    private Definitions() {}

    /** The sound definition with {@code from} replaced by {@code to}. */
    static String with(String from, String to) {
        return with(SOUND, from, to);
    }

    static String with(String definition, String from, String to) {
        if (!definition.contains(from)) {
            throw new IllegalArgumentException(
                    "Cannot change '%s': the sound definition does not have it".formatted(from));
        }
        return definition.replace(from, to);
    }

    static List<Problem> problemsOf(String text) {
        try {
            DefinitionReader.parse(text, "d.yaml");
            return List.of();
        } catch (DefinitionException e) {
            return e.problems();
        }
    }

    /** Definitions as people write them. */
    static List<Path> examples() {
        return in("examples");
    }

    /** Definitions with the keys that few have. */
    static List<Path> rare() {
        return in("rare");
    }

    private static List<Path> in(String folder) {
        try (var files = Files.list(RESOURCES.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The definition of every pipeline that ships. */
    static List<Path> shipped() {
        try (var folders = Files.list(ROOT.resolve("pipelines"))) {
            return folders.map(folder -> folder.resolve("pipeline.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
