package dev.tandem.app;

import dev.tandem.app.run.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the libraries of this process put what they do not take away: Spark its artifacts, drivers and codecs their native code. The
 * system's folder for temporary files would keep that, so they get a folder under the home, which goes when the process ends or, after
 * {@code kill -9}, when the next one begins.
 */
final class TemporaryFiles implements AutoCloseable {
    private final String before = System.getProperty("java.io.tmpdir", "");
    private @Nullable Scratch scratch;
    private @Nullable Path madeHere;

    /** Told the home before anything is done there. */
    void under(Path home, Path folder) {
        boolean fresh = !Files.exists(home);
        try {
            scratch = Scratch.in(folder);
            System.setProperty("java.io.tmpdir", scratch.folder().toString());
            madeHere = fresh ? home : null;
        } catch (IOException e) {
            // a command that needs a home reports one that cannot be written; others run without one
        }
    }

    @Override
    public void close() {
        var open = scratch;
        if (open == null) {
            return;
        }
        System.setProperty("java.io.tmpdir", before);
        open.close();
        removeIfEmpty(open.folder().getParent());
        removeIfEmpty(madeHere);
    }

    /** A verb that only looks leaves no home behind. */
    private static void removeIfEmpty(@Nullable Path folder) {
        try {
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException inUse) {
            // somebody keeps something there
        }
    }
}
