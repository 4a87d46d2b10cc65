package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.CompactJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps the number of files of a landed log small. */
@Command(
        name = "compact",
        description = "Merges the small files of a pipeline's landed log.",
        footer = "The stream may run meanwhile. The files that were replaced are deleted when it starts next.")
final class CompactVerb implements Verb {
    @Parameters(paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) {
        var pipeline = DefinitionCheck.sound(shell.pipelines().find(name), profile.chosen(shell));
        var done = new CompactJob(Hostings.of(shell, name), pipeline, new ShellNarrator(shell.progress())).run();
        Answers.answer(
                shell,
                done.merged() == 0
                        ? "nothing to merge: the landed log of '%s' has %,d files"
                                .formatted(pipeline.name(), done.before())
                        : "merged: the landed log of '%s' has %,d files, before %,d"
                                .formatted(pipeline.name(), done.after(), done.before()),
                () -> Json.document("compact")
                        .put("pipeline", pipeline.name())
                        .put("files_before", done.before())
                        .put("files_after", done.after())
                        .put("micro_batches", done.merged()));
        return Exit.FINE;
    }
}
