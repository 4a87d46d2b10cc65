package dev.tandem.app.run;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.DimensionRows;
import dev.tandem.model.Pipeline;
import dev.tandem.store.DatabaseKind;
import dev.tandem.store.Ddl;
import dev.tandem.store.Layout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of a pipeline without a database to make them in. */
public final class Tables {
    private Tables() {}

    /**
     * The statements that make them, for each database that the definition names; in the language of {@code kind}, if one is given.
     * Starts Spark, which alone knows the types of results.
     */
    public static String ddl(Pipeline pipeline, Optional<DatabaseKind> kind, Workspace workspace) {
        try (var spark = Sparks.local(workspace)) {
            // Of a dimension only the columns matter here, and its file may not be there yet.
            var dimensions = pipeline.dimensions().stream()
                    .map(dimension -> DimensionRows.of(dimension, "", List.of()))
                    .toList();
            var compiled = Compiled.of(pipeline, spark.runtime(), dimensions);
            return pipeline.databases().stream()
                    .map(database -> told(database, kind, compiled))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String told(String database, Optional<DatabaseKind> kind, Compiled compiled) {
        var pipeline = compiled.pipeline();
        var layout =
                Layout.in(database, pipeline, compiled.shapes(), compiled.plan().fields());
        var title = pipeline.databases().size() == 1 ? "" : "-- in %s\n\n".formatted(database);
        return title + Ddl.text(kind.orElse(DatabaseKind.of(database)), layout);
    }
}
