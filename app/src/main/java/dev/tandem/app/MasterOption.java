package dev.tandem.app;

import dev.tandem.engine.spark.SparkMaster;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Spark's tasks run; a mixin of every verb that computes. */
final class MasterOption {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "where Spark's tasks run, as in spark://HOST:7077 (default: local[*])")
    private @Nullable String url;

    SparkMaster chosen() {
        return url == null ? SparkMaster.usual() : SparkMaster.of(url);
    }
}
