package dev.tandem.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "compare", description = "Compares stream and batch, explains every difference, and writes the report.")
final class CompareVerb implements Verb {
    @Mixin
    private Target target = new Target();

    @Option(names = "--out", paramLabel = "DIR", description = "the report's folder (default: the definition's)")
    private @Nullable Path out;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        return Answers.exit(Answers.compared(shell, target, out));
    }
}
