package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.model.Pipeline;
import dev.tandem.store.DatabaseKind;
import dev.tandem.store.Ddl;
import dev.tandem.store.Layout;

/** The tables of a pipeline without a database to make them in. */
public final class Tables {
    private Tables() {}

    /** The statements that make them. Starts Spark, which alone knows the types of results. */
    public static String ddl(Pipeline pipeline, DatabaseKind kind, Workspace workspace) {
        try (var spark = Sparks.local(workspace)) {
            return Ddl.text(
                    kind, Layout.of(pipeline, Compiled.of(pipeline, spark).shapes()));
        }
    }
}
