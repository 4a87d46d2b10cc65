package dev.tandem.app.run;

import dev.tandem.feed.FaultPlan;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.model.Dimension;
import dev.tandem.model.Generate;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.OptionalLong;

/**
 * The dimension tables that a generator's records refer to, such as customers: each is written to the path in the definition.
 */
record SideTables(Pipeline pipeline, Workspace workspace) {
    private static final String CATALOGUES = "data/catalog/";

    /** Writes those that are missing; a file that is there is somebody's and stays. */
    void writeMissing() {
        pipeline.generate()
                .ifPresent(generate -> Generators.tables(generation(generate)).forEach((name, table) -> {
                    var file = workspace.file(pathOf(name));
                    if (!Files.exists(file)) {
                        createFolder(java.util.Objects.requireNonNull(file.getParent()));
                        table.write(file);
                    }
                }));
    }

    private static Generation generation(Generate generate) {
        var settings = new HashMap<>(generate.settings());
        settings.remove(Feeding.ROWS);
        return new Generation(
                        generate.generator(),
                        generate.seed(),
                        Instant.EPOCH,
                        Duration.ofSeconds(1),
                        OptionalLong.of(0),
                        FaultPlan.none())
                .withSettings(settings);
    }

    private String pathOf(String table) {
        return pipeline.dimensions().stream()
                .map(Dimension::file)
                .filter(file -> Path.of(file).getFileName().toString().equals(table))
                .findFirst()
                .orElse(CATALOGUES + table);
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }
}
