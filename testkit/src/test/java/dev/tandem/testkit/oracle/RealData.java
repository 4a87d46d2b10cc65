package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real records that stand beside the repository; a test that needs them is skipped where they are not. */
final class RealData {
    private RealData() {}

    static Path file(String name) {
        var room = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        var file = room.resolve("../../shared/data").resolve(name).normalize();
        assumeThat(Files.exists(file))
                .as("skipped: %s is not beside the repository (../shared/data)", name)
                .isTrue();
        return file;
    }
}
