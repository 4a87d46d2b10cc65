package dev.tandem.app;

import dev.tandem.diff.table.Question;
import dev.tandem.parity.Report;
import dev.tandem.parity.report.Gate;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Compares like 'compare' and fails (exit 5) if the modes disagree or a target is missed.",
        footer = "Takes a file with a question about any two tables too (see 'diff').")
final class VerifyVerb implements Verb {
    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Mixin
    private ReportFolder folder = new ReportFolder();

    /** How the answer is written; the exit code is the same in each. */
    enum Format {
        TEXT,
        JSON,
        JUNIT,
        GITHUB,
        MARKDOWN
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, junit, github or markdown, for build servers (default: ${DEFAULT-VALUE})")
    private Format format = Format.TEXT;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var diff = target.diff(shell);
        if (diff.isPresent()) {
            requireText();
            return new DiffRun(shell, folder.or(DiffRun.FOLDER), DiffRun.MEGABYTES)
                    .run(diff.get(), Question.Extent.USUAL);
        }
        var result = target.operations(shell).compare(folder.of(target.pipeline(shell), shell));
        var report = result.report();
        var gate = Gate.of(report);
        switch (shell.json() ? Format.JSON : format) {
            case TEXT -> shell.answer(Answers.text(report, result.file()));
            case JSON -> shell.answer(Answers.document(result.file()));
            case JUNIT -> shell.answer(gate.junit());
            case GITHUB -> shell.answer(gate.github());
            case MARKDOWN -> shell.answer(gate.markdown());
        }
        boolean missed = report.targets().stream().anyMatch(Report.Target::missed);
        return Answers.exit(report) == Exit.FINE && missed ? Exit.DISAGREES : Answers.exit(report);
    }

    private void requireText() {
        if (format != Format.TEXT) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot write --format %s for two tables: that is for pipelines; leave it out, or use --json"
                            .formatted(format.name().toLowerCase(Locale.ROOT)));
        }
    }
}
