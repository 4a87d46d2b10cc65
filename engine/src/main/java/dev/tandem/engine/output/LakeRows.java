package dev.tandem.engine.output;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.model.Reason;
import dev.tandem.sink.PartitionFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Parquet files of any origin as lines of JSON: the form in which a batch reads records that were never landed. */
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
        // Of its own: the settings are for these rows alone.
        var session = spark.session().newSession();
        session.conf().set("spark.sql.datetime.java8API.enabled", "true");
        // A partition's value is text in its folder's name; a guess would turn the product 007 into 7.
        session.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
        var cut = cutColumns(lake);
        var rows = session.read()
                .option("mergeSchema", !cut.isEmpty())
                .option("datetimeRebaseMode", "CORRECTED")
                .parquet(lake.toString());
        var there = Arrays.asList(rows.columns());
        var columns = fields.stream()
                .filter(there::contains)
                .map(name -> cut.contains(name) ? whole(name, there) : column(name))
                .toArray(Column[]::new);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                var lines = new RowJson(out)) {
            var values = rows.select(columns).toLocalIterator();
            while (values.hasNext()) {
                lines.write(values.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    /** The partition columns of which some folder's name holds a part only. */
    private static Set<String> cutColumns(Path lake) {
        try (var folders = Files.walk(lake)) {
            return folders.filter(Files::isDirectory)
                    .flatMap(it -> PartitionFolder.cutColumn(it.getFileName().toString()).stream())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the lake %s: %s".formatted(lake, Reason.of(e)), e);
        }
    }

    /** The values in the files, without those in the names of partition folders. */
    private static Column whole(String name, List<String> there) {
        var whole = there.stream()
                .filter(it -> it.matches(Pattern.quote(name) + "_whole_*"))
                .max(Comparator.comparingInt(String::length))
                .orElse(name);
        return functions.coalesce(column(whole), column(name)).as(name);
    }

    private static Column column(String name) {
        return functions.col("`" + name + "`");
    }
}
