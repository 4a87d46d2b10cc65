package dev.tandem.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps a pipeline's last {@code report.json} where its state is. The folder that a definition names is often that of other
 * pipelines too, and holds the report of whichever was compared last.
 */
record LatestReport(Path folder) {
    static final String FILE = "report.json";

    LatestReport(Workspace workspace, String pipeline) {
        this(workspace.report(pipeline));
    }

    /** Takes the one that lies beside {@code page}. */
    void keep(Path page) {
        var unfinished = folder.resolve(FILE + ".unfinished");
        try {
            Files.createDirectories(folder);
            Files.copy(page.resolveSibling(FILE), unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot keep the report in %s: %s; give --home a folder that can be written"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }
}
