package dev.tandem.app;

import dev.tandem.app.environment.Environment;
import dev.tandem.app.environment.EnvironmentException;
import dev.tandem.app.run.Hosting;
import dev.tandem.app.run.Workspace;
import dev.tandem.model.Reason;
import java.nio.file.Path;
import java.util.Optional;

/** The state folder of a command and the servers of its pipeline. */
final class Hostings {
    private Hostings() {}

    static Workspace workspace(Shell shell) {
        return Workspace.at(shell.home(), shell.installation().servers());
    }

    /** Where the servers of the pipeline {@code nameOrPath} are. */
    static Hosting of(Shell shell, String nameOrPath) {
        return in(shell, shell.pipelines().find(nameOrPath).folder());
    }

    /** Where the servers of a definition in {@code folder} are. */
    static Hosting in(Shell shell, Path folder) {
        return new Hosting(workspace(shell), environment(shell, Optional.of(folder)));
    }

    /** What the process and the {@code .env} files here and in {@code definition}'s folder say. */
    static Environment environment(Shell shell, Optional<Path> definition) {
        var surroundings = shell.surroundings();
        try {
            return Environment.read(surroundings.environment(), surroundings.directory(), definition);
        } catch (EnvironmentException e) {
            throw new CommandException(Exit.INVALID, Reason.of(e), e);
        }
    }
}
