package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Source files stay short enough to be read at once (CONTRIBUTING.md). */
class SourceLengthTest {
    private static final int MOST_LINES = 400;
    private static final int LEAST_FILES = 500;

    private static List<Path> sources() throws IOException {
        try (var files = Files.find(
                Path.of(".."),
                20,
                (file, attributes) -> file.toString().matches("\\.\\..*/src/(main|test)/java/.*\\.java"))) {
            return files.toList();
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        var sources = sources();
        assertThat(sources).hasSizeGreaterThan(LEAST_FILES);
        assertThat(sources).allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(MOST_LINES));
    }
}
