package dev.tandem.app;

import dev.tandem.app.run.Capsules;
import dev.tandem.app.run.Hosting;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a difference portable: whoever has the file sees the same one, without the servers and without the other records. */
@Command(
        name = "capsule",
        description = "Writes what makes a row differ into a file that reproduces it on another machine.",
        footer = "'replay FILE' plays it. It holds the row's records as they arrived unless --mask is given.")
final class CapsuleVerb implements Verb {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Parameters(index = "1", paramLabel = "VIEW", description = "a view that both modes store")
    private String view = "";

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "a key column and its value, as in tag=java (default: the worst row)")
    private List<String> keys = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "the file, as in why.zip")
    private Path out = Path.of("");

    @Mixin
    private RowOptions row = new RowOptions();

    @Option(
            names = "--mask",
            paramLabel = "FIELD",
            split = ",",
            description = "fields whose texts are replaced by pseudonyms, as in user,city")
    private List<String> mask = List.of();

    @Mixin
    private QuestionOptions options = new QuestionOptions();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var profile = options.profile(shell);
        var found = shell.pipelines().find(name);
        var question = row.question(Optional.of(view), keys, 1);
        var request = new Capsules.Request(
                shell.pipelines().read(name, profile), question, text(found.file()), profile, mask);
        var file = shell.surroundings().directory().resolve(out);
        var made = capsules(shell, options.hosting(shell, name)).make(request, file);
        Answers.answer(
                shell,
                "capsule",
                "capsule %s: %,d records of %,d micro-batches; played, it gives the same numbers\nplay it anywhere: ./tandem replay %s"
                        .formatted(out, made.records(), made.microBatches(), out),
                document -> document.put("pipeline", request.pipeline().name())
                        .put("file", file.toString())
                        .put("records", made.records())
                        .put("micro_batches", made.microBatches()));
        return Exit.FINE;
    }

    static Capsules capsules(Shell shell, Hosting hosting) {
        return new Capsules(
                hosting,
                (file, profile) -> shell.pipelines().find(file.toString()).read(profile),
                shell.clock(),
                new ShellNarrator(shell.progress()));
    }

    private static String text(Path definition) {
        try {
            return Files.readString(definition);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(definition, Reason.of(e)), e);
        }
    }
}
