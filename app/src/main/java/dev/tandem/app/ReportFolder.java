package dev.tandem.app;

import dev.tandem.model.Pipeline;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a report goes. */
final class ReportFolder {
    @Option(names = "--out", paramLabel = "DIR", description = "the report's folder (default: the definition's)")
    private @Nullable Path out;

    /** As asked for, else {@code usual}. */
    Path or(Path usual) {
        return out == null ? usual : out;
    }

    Path of(Pipeline pipeline, Shell shell) {
        return out == null
                ? shell.surroundings()
                        .directory()
                        .resolve(Path.of(pipeline.parity().report()))
                : GivenPath.written(shell, "--out", out);
    }
}
