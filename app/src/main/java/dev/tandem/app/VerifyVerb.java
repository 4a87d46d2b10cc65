package dev.tandem.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Compares like 'compare' and fails (exit 5) if the modes disagree or a target is missed.")
final class VerifyVerb implements Verb {
    @Mixin
    private Target target = new Target();

    @Option(names = "--out", paramLabel = "DIR", description = "the report's folder (default: the definition's)")
    private @Nullable Path out;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var report = Answers.compared(shell, target, out);
        boolean missed = report.targets().stream().anyMatch(it -> !it.met());
        return Answers.exit(report) == Exit.FINE && missed ? Exit.DISAGREES : Answers.exit(report);
    }
}
