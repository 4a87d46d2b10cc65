package dev.tandem.app;

import dev.tandem.app.run.AttachJob;
import dev.tandem.diff.AttachFile;
import dev.tandem.diff.attach.AttachAnswer;
import dev.tandem.diff.attach.AttachJson;
import dev.tandem.diff.attach.AttachPage;
import dev.tandem.diff.attach.AttachText;
import dev.tandem.diff.attach.Attachment;
import dev.tandem.page.data.TableAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains the tables of jobs that are not Tandem's, with the log that they read. */
@Command(
        name = "attach",
        description = "Checks the tables of your own jobs against the raw log, and infers how the jobs work.")
final class AttachVerb implements Verb {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "a definition with 'attach', by name or path")
    private String name = "";

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "3",
            description = "how many differing rows of a view are explained (default: ${DEFAULT-VALUE})")
    private int rows = 3;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "3",
            description = "how many records are shown for each cause (default: ${DEFAULT-VALUE})")
    private int records = 3;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = "what the working database holds in memory; the rest goes to disk (default: 600)")
    private int megabytes = DiffRun.MEGABYTES;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where report.html and differences.csv go (default: comparison/attach)")
    private Path out = Path.of("comparison", "attach");

    @Mixin
    private QuestionOptions options = new QuestionOptions();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        if (rows < 0 || records < 1) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot show %d rows with %d records: write --rows from 0 and --records from 1"
                            .formatted(rows, records));
        }
        var answer = answer(shell);
        var page = AttachPage.write(answer);
        var text = AttachText.of(answer, page);
        DiffRun.kept(shell)
                .keep(new TableAnswer(
                        "attach",
                        answer.pipeline(),
                        shell.clock().instant(),
                        answer.agrees() ? "agree" : "differ",
                        AttachPage.sentences(answer),
                        page.toString(),
                        text));
        Answers.answer(shell, "attach", text, document -> AttachJson.write(answer, document));
        return answer.agrees() ? Exit.FINE : Exit.DISAGREES;
    }

    private AttachAnswer answer(Shell shell) throws InterruptedException {
        var found = shell.pipelines().find(name);
        var chosen = options.profile(shell);
        var pipeline = DefinitionCheck.attached(found, chosen);
        var file = AttachFile.read(found.file(), found.shown(), chosen, pipeline);
        var sides = new DiffRun(shell, out, megabytes);
        var tables = new ArrayList<Attachment.Tables>();
        for (var view : file.views()) {
            tables.add(sides.tables(view));
        }
        var setting = new Attachment.Setting(
                sides.scratch(),
                megabytes,
                sides.folder(),
                rows,
                records,
                text -> shell.progress().done(text));
        return new AttachJob(
                        options.hosting(shell, name),
                        pipeline,
                        sides.surroundings("log"),
                        new ShellNarrator(shell.progress()))
                .run(setting, tables);
    }
}
