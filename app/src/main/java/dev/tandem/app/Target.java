package dev.tandem.app;

import dev.tandem.app.run.Hosting;
import dev.tandem.app.run.Operations;
import dev.tandem.diff.DiffFile;
import dev.tandem.model.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which pipeline. */
sealed class Target permits ComputedTarget {
    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "tweets",
            paramLabel = "PIPELINE",
            description = "default: ${DEFAULT-VALUE}")
    private String name = "tweets";

    @Mixin
    private ProfileOption profile = new ProfileOption();

    Pipeline pipeline(Shell shell) {
        return shell.pipelines().read(name, profile.chosen(shell));
    }

    /** The question about any two tables, where a file with one is meant instead of a pipeline. */
    Optional<DiffFile> diff(Shell shell) {
        var file = shell.surroundings().directory().resolve(name);
        return DiffFile.is(file) ? Optional.of(DiffFile.read(file, name)) : Optional.empty();
    }

    /** The capsule, where a file with one is meant instead of a pipeline. */
    Optional<Path> capsule(Shell shell) {
        var file = shell.surroundings().directory().resolve(name);
        return name.endsWith(".zip") ? Optional.of(file) : Optional.empty();
    }

    Hosting home(Shell shell) {
        return new Hosting(Hostings.workspace(shell), Hostings.environment(shell, Optional.empty()));
    }

    /** The same, after {@link DefinitionCheck}. */
    Pipeline sound(Shell shell) {
        return DefinitionCheck.sound(shell.pipelines().find(name), profile.chosen(shell));
    }

    Optional<String> profile(Shell shell) {
        return profile.chosen(shell);
    }

    /** The words of {@code verb} with this pipeline, to which the verb adds its options. */
    List<String> command(Shell shell, String verb) {
        var words = new ArrayList<>(List.of("./tandem", verb, name));
        profile.chosen(shell).ifPresent(chosen -> words.addAll(List.of("--profile", chosen)));
        return words;
    }

    Hosting hosting(Shell shell) {
        return Hostings.of(shell, name);
    }

    Operations operations(Shell shell) {
        return new Operations(hosting(shell), sound(shell), shell.clock(), new ShellNarrator(shell.progress()));
    }
}
