package dev.tandem.app.run;

import dev.tandem.app.environment.Environment;
import dev.tandem.engine.spark.SparkMaster;

/**
 * Where a pipeline's servers are looked for: those that others run, as {@code environment} says, come before those of this
 * machine, which live under {@code workspace}.
 *
 * @param master where Spark's tasks run
 */
public record Hosting(Workspace workspace, Environment environment, SparkMaster master) {
    /** With tasks in this process, unless {@code spark-submit} was told another place. */
    public Hosting(Workspace workspace, Environment environment) {
        this(workspace, environment, SparkMaster.usual());
    }

    /** The same servers, with tasks run by {@code master}. */
    public Hosting on(SparkMaster master) {
        return new Hosting(workspace, environment, master);
    }

    /** Only this machine's, whatever is given: for whoever empties them, as a demo does. */
    public static Hosting local(Workspace workspace) {
        return new Hosting(workspace, Environment.NONE);
    }
}
