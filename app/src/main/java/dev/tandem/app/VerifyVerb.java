package dev.tandem.app;

import dev.tandem.diff.table.Question;
import dev.tandem.proof.Report;
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
        var diff = target.diff(shell);
        if (diff.isPresent()) {
            return new DiffRun(shell, folder.or(DiffRun.FOLDER), DiffRun.MEGABYTES)
                    .run(diff.get(), Question.Extent.USUAL);
        }
        var report = Answers.compared(shell, target, folder);
        boolean missed = report.targets().stream().anyMatch(Report.Target::missed);
        return Answers.exit(report) == Exit.FINE && missed ? Exit.DISAGREES : Answers.exit(report);
    }
}
