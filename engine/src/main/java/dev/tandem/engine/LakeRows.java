package dev.tandem.engine;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Parquet files, whoever wrote them, as lines of JSON: the form in which a batch reads what was never landed. */
public final class LakeRows {
    private LakeRows() {}

    /**
     * Writes each row under {@code lake}, folders of partitions included, as a line of {@code file}; columns that {@code fields} do
     * not name are left out.
     */
    public static void write(SparkRuntime spark, Path lake, List<String> fields, Path file) {
        if (!Files.isDirectory(lake)) {
            throw new EngineException(
                    "Cannot read the lake %s: it is no folder; give the one that holds the Parquet files"
                            .formatted(lake));
        }
        var session = spark.session();
        // A partition's value is text in its folder's name; a guess would turn the product 007 into 7.
        session.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
        var rows = session.read().parquet(lake.toString());
        var there = Arrays.asList(rows.columns());
        var columns = fields.stream()
                .filter(there::contains)
                .map(name -> functions.col("`" + name + "`"))
                .toArray(Column[]::new);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            var lines = rows.select(columns).toJSON().toLocalIterator();
            while (lines.hasNext()) {
                out.write(lines.next());
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
