package dev.tandem.app.run;

import dev.tandem.engine.SparkRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Opens Spark in this process, with its scratch files in the workspace. */
final class Sparks {
    private Sparks() {}

    static SparkRuntime local(Workspace workspace) {
        try {
            Files.createDirectories(workspace.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write under %s: %s; give --home a folder that can be written"
                            .formatted(workspace.home(), e.getMessage()),
                    e);
        }
        return SparkRuntime.open("local[*]", workspace.scratch());
    }
}
