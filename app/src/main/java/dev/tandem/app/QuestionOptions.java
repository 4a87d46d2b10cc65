package dev.tandem.app;

import dev.tandem.app.run.Hosting;
import dev.tandem.app.run.Operations;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** With which profile a pipeline is read, and where Spark computes: the options of a verb that asks about rows and records. */
final class QuestionOptions {
    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Mixin
    private MasterOption master = new MasterOption();

    Optional<String> profile(Shell shell) {
        return profile.chosen(shell);
    }

    /** Where the servers and the state of the pipeline {@code nameOrPath} are. */
    Hosting hosting(Shell shell, String nameOrPath) {
        return Hostings.of(shell, nameOrPath).on(master.chosen());
    }

    Operations operations(Shell shell, String nameOrPath) {
        var pipeline = shell.pipelines().read(nameOrPath, profile(shell));
        return new Operations(hosting(shell, nameOrPath), pipeline, shell.clock(), new ShellNarrator(shell.progress()));
    }
}
