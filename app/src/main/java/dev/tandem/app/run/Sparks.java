package dev.tandem.app.run;

import dev.tandem.engine.SparkRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Opens Spark in this process, with its scratch files in the workspace. */
final class Sparks {
    private Sparks() {}

    static OpenSpark local(Workspace workspace) {
        Scratch scratch;
        try {
            scratch = Scratch.in(workspace.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write under %s: %s; give --home a folder that can be written"
                            .formatted(workspace.home(), e.getMessage()),
                    e);
        }
        try {
            return new OpenSpark(SparkRuntime.open("local[*]", scratch.folder()), scratch);
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }
}
