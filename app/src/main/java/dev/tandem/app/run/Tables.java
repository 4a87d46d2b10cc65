package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.DimensionRows;
import dev.tandem.model.Pipeline;
import dev.tandem.store.DatabaseKind;
import dev.tandem.store.Ddl;
import dev.tandem.store.Layout;
import java.util.List;

/** The tables of a pipeline without a database to make them in. */
public final class Tables {
    private Tables() {}

    /** The statements that make them. Starts Spark, which alone knows the types of results. */
    public static String ddl(Pipeline pipeline, DatabaseKind kind, Workspace workspace) {
        try (var spark = Sparks.local(workspace)) {
            // Of a dimension only the columns matter here, and its file may not be there yet.
            var dimensions = pipeline.dimensions().stream()
                    .map(dimension -> DimensionRows.of(dimension, "", List.of()))
                    .toList();
            var compiled = Compiled.of(pipeline, spark, dimensions);
            return Ddl.text(
                    kind, Layout.of(pipeline, compiled.shapes(), compiled.plan().fields()));
        }
    }
}
