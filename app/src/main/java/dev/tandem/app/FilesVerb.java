package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.TakenFiles;
import dev.tandem.app.run.TakenFiles.Taken;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The way on where a file was deleted that the stream still needs. */
@Command(
        name = "files",
        description = "Lists the files that a pipeline has taken in, and gives up one that is lost.",
        footer = "What is given up stays in the ledger, and every comparison says so.")
final class FilesVerb implements Verb {
    @Parameters(paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Option(
            names = "--forget",
            paramLabel = "NAME",
            description = "go on without the records of this file, which was deleted or changed before all were read")
    private @Nullable String forgotten;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) {
        var pipeline = DefinitionCheck.sound(shell.pipelines().find(name), profile.chosen(shell));
        var files =
                new TakenFiles(Hostings.of(shell, name), pipeline, shell.clock(), new ShellNarrator(shell.progress()));
        var taken = forgotten == null ? files.all() : List.of(files.forget(forgotten));
        Answers.answer(shell, text(pipeline.name(), taken), () -> {
            var document = Json.document("files").put("pipeline", pipeline.name());
            var all = document.putArray("files");
            taken.forEach(it -> all.addObject()
                    .put("number", it.number())
                    .put("name", it.name())
                    .put("records", it.records())
                    .put("state", word(it)));
            return document;
        });
        return Exit.FINE;
    }

    private static String text(String pipeline, List<Taken> taken) {
        return taken.isEmpty()
                ? "'%s' has taken in no file yet".formatted(pipeline)
                : taken.stream()
                        .map(it -> "%-10s %,12d records  %s".formatted(word(it), it.records(), it.name()))
                        .collect(Collectors.joining("\n"));
    }

    private static String word(Taken file) {
        return file.state().name().toLowerCase(Locale.ROOT);
    }
}
