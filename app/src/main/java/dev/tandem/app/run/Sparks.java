package dev.tandem.app.run;

import dev.tandem.engine.spark.SparkMaster;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Opens Spark, with its scratch files in the workspace. */
final class Sparks {
    private Sparks() {}

    /** With its tasks in this process. */
    static OpenSpark local(Workspace workspace) {
        return open(workspace, SparkMaster.LOCAL);
    }

    /** With its tasks where {@code hosting} says. */
    static OpenSpark open(Hosting hosting) {
        return open(hosting.workspace(), hosting.master());
    }

    private static OpenSpark open(Workspace workspace, SparkMaster master) {
        Scratch scratch;
        try {
            scratch = Scratch.in(workspace.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write under %s: %s; give --home a folder that can be written"
                            .formatted(workspace.home(), Reason.of(e)),
                    e);
        }
        try {
            return new OpenSpark(SparkRuntime.open(master, scratch.folder()), scratch);
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }
}
