package dev.tandem.app;

import dev.tandem.app.run.Operations;
import dev.tandem.diff.table.Question;
import dev.tandem.parity.Report;
import dev.tandem.parity.report.Gate;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "decide by the windows that end after then, as in 2026-01-31T12:05Z; 'last': after those of the last comparison")
    private @Nullable String since;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var diff = target.diff(shell);
        if (diff.isPresent()) {
            requireText();
            return new DiffRun(shell, folder.or(DiffRun.FOLDER), DiffRun.MEGABYTES)
                    .run(diff.get(), Question.Extent.USUAL);
        }
        var operations = target.operations(shell);
        var from = since(operations);
        var result = operations.compare(folder.of(target.pipeline(shell), shell));
        var report = result.report();
        var gate = from.map(it -> Gate.since(report, it)).orElseGet(() -> Gate.of(report));
        switch (shell.json() ? Format.JSON : format) {
            case TEXT ->
                shell.answer(Answers.text(report, result.file())
                        + from.map(it -> told(gate)).orElse(""));
            case JSON -> {
                var document = Answers.document(result.file());
                from.ifPresent(it -> document.putObject("since")
                        .put("time", it.toString())
                        .put("outcome", gate.outcome().name().toLowerCase(Locale.ROOT))
                        .put("told", gate.checks().get(0).told()));
                shell.answer(document);
            }
            case JUNIT -> shell.answer(gate.junit());
            case GITHUB -> shell.answer(gate.github());
            case MARKDOWN -> shell.answer(gate.markdown());
        }
        if (from.isPresent()) {
            return exit(gate);
        }
        boolean missed = report.targets().stream().anyMatch(Report.Target::missed);
        return Answers.exit(report) == Exit.FINE && missed ? Exit.DISAGREES : Answers.exit(report);
    }

    private Optional<Instant> since(Operations operations) {
        if (since == null) {
            return Optional.empty();
        }
        return since.equals("last") ? operations.comparedUntil() : Optional.of(GivenTime.of("--since", since));
    }

    private static String told(Gate gate) {
        var check = gate.checks().get(0);
        return "%s: %s, %s%n".formatted(check.name(), gate.outcome().name().toLowerCase(Locale.ROOT), check.told());
    }

    private static Exit exit(Gate gate) {
        return switch (gate.outcome()) {
            case PASSED -> Exit.FINE;
            case FAILED -> Exit.DISAGREES;
            case UNDECIDED -> Exit.UNDECIDED;
        };
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
