package dev.tandem.app;

import dev.tandem.app.run.Operations;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "batch",
        description = "Runs a pipeline once as a batch over what its stream has landed.",
        footer =
                "--from and --to rewrite the windows that begin between them. --input, --table and --lake read a file or folder, a table, or Parquet files instead.")
final class BatchVerb implements Verb {
    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "count this file, or the files of this folder, instead of what the stream has landed")
    private @Nullable Path input;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "count the rows of this table instead; its columns are named as the schema's fields")
    private @Nullable String table;

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            description = "count the Parquet rows under this folder instead; columns as for --table")
    private @Nullable Path lake;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "write only windows that begin at or after it, as in 2026-01-01T00:00:00Z")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "write only windows that begin before it")
    private @Nullable Instant to;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var counting = new Operations.Counting(other(shell), Optional.ofNullable(from), Optional.ofNullable(to));
        Answers.told(shell, "batch", target, target.operations(shell).batch(counting));
        return Exit.FINE;
    }

    private Optional<Operations.Counting.Input> other(Shell shell) {
        var given = new ArrayList<Operations.Counting.Input>();
        if (input != null) {
            given.add(new Operations.Counting.Input.InFiles(GivenPath.read(shell, "--input", input)));
        }
        if (table != null) {
            given.add(new Operations.Counting.Input.InTable(table));
        }
        if (lake != null) {
            given.add(new Operations.Counting.Input.InLake(GivenPath.read(shell, "--lake", lake)));
        }
        if (given.size() > 1) {
            throw new CommandException(
                    Exit.USAGE, "Cannot count several inputs at once: give one of --input, --table and --lake");
        }
        return given.stream().findFirst();
    }
}
