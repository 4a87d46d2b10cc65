package dev.tandem.app.run;

import dev.tandem.model.Reason;
import dev.tandem.parity.report.ReportWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Keeps a pipeline's last {@code report.json} where its state is. The folder that a definition names is often that of other
 * pipelines too, and holds the report of whichever was compared last.
 */
record LatestReport(Path folder) {
    static final String FILE = "report.json";

    LatestReport(Workspace workspace, String pipeline) {
        this(workspace.report(pipeline));
    }

    /** Takes the one that lies beside {@code page}, and the rows that differ; the report last, since its change is what is noticed. */
    void keep(Path page) {
        try {
            Files.createDirectories(folder);
            for (var name : List.of(ReportWriter.ROWS, FILE)) {
                var unfinished = folder.resolve(name + ".unfinished");
                Files.copy(page.resolveSibling(name), unfinished, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            new ComparisonLog(folder).add(page.resolveSibling(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot keep the report in %s: %s; give --home a folder that can be written"
                            .formatted(folder, Reason.of(e)),
                    e);
        }
    }
}
