package dev.tandem.app.run;

import dev.tandem.engine.SparkMaster;
import dev.tandem.engine.SparkRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Opens Spark, with its scratch files in the workspace. */
final class Sparks {
    private Sparks() {}

    /** With its tasks in this process. */
    static SparkRuntime local(Workspace workspace) {
        return open(workspace, SparkMaster.LOCAL);
    }

    /** With its tasks where {@code hosting} says. */
    static SparkRuntime open(Hosting hosting) {
        return open(hosting.workspace(), hosting.master());
    }

    private static SparkRuntime open(Workspace workspace, SparkMaster master) {
        try {
            Files.createDirectories(workspace.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write under %s: %s; give --home a folder that can be written"
                            .formatted(workspace.home(), e.getMessage()),
                    e);
        }
        return SparkRuntime.open(master, workspace.scratch());
    }
}
