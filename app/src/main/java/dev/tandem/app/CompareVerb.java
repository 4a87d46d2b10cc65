package dev.tandem.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "compare", description = "Compares stream and batch, explains every difference, and writes the report.")
final class CompareVerb implements Verb {
    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Mixin
    private ReportFolder folder = new ReportFolder();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        return Answers.exit(Answers.compared(shell, target, folder));
    }
}
