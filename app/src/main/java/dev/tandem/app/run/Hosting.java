package dev.tandem.app.run;

import dev.tandem.app.environment.Environment;

/**
 * Where a pipeline's servers are looked for: those that others run, as {@code environment} says, come before those of this
 * machine, which live under {@code workspace}.
 */
public record Hosting(Workspace workspace, Environment environment) {
    /** Only this machine's, whatever is given: for whoever empties them, as a demo does. */
    public static Hosting local(Workspace workspace) {
        return new Hosting(workspace, Environment.NONE);
    }
}
