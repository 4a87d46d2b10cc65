package dev.tandem.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        description = "Compares like 'compare' and fails (exit 5) if the modes disagree or a target is missed.")
final class VerifyVerb implements Verb {
    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Mixin
    private ReportFolder folder = new ReportFolder();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var report = Answers.compared(shell, target, folder);
        boolean missed = report.targets().stream().anyMatch(it -> !it.met());
        return Answers.exit(report) == Exit.FINE && missed ? Exit.DISAGREES : Answers.exit(report);
    }
}
