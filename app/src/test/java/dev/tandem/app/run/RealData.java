package dev.tandem.app.run;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real records that stand beside the repository; a test that needs them is skipped where they are not. */
public final class RealData {
    private RealData() {}

    public static Path file(String name) {
        var file = Path.of("../../shared/data").toAbsolutePath().resolve(name).normalize();
        assumeThat(Files.exists(file))
                .as("skipped: %s is not beside the repository (../shared/data)", name)
                .isTrue();
        return file;
    }
}
