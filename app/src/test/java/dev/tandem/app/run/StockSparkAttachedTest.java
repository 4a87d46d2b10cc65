package dev.tandem.app.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.TandemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two jobs of stock Spark Structured Streaming over a folder of files, one without and one with a dedup, as the other side of {@code attach}:
 * what is inferred from their tables must be what their code says.
 */
@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockSparkAttachedTest {
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final int FILES = 12;
    private static final int RECORDS = 160;
    private static final String DEFINITION = """
            pipeline: spark_jobs
            time: { event: at }
            source: { files: events, format: json }
            schema: id STRING, at TIMESTAMP, category STRING, amount BIGINT
            steps:
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], within: forever }
            views:
              plain: &view
                window: { tumbling: 1 minute }
                by: [category]
                measures: { n: count(*), total: sum(amount) }
              deduplicated: *view
            attach:
              plain: { stream: { from: "plain/*.parquet" } }
              deduplicated: { stream: "deduplicated/*.parquet" }
            """;

    private Path home = Path.of("");
    private TandemCommand attached = new TandemCommand(-1, "", "");

    @BeforeAll
    void run(@TempDir Path folder) throws Exception {
        home = folder;
        writeEvents();
        var spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
        try {
            var events = spark.readStream()
                    .schema("id STRING, at TIMESTAMP, category STRING, amount BIGINT")
                    .option("maxFilesPerTrigger", 1)
                    .json(home.resolve("events").toString());
            stream(counted(events.withWatermark("at", "2 minutes")), "plain");
            stream(
                    counted(events.withWatermark("at", "3 minutes").dropDuplicatesWithinWatermark(new String[] {"id"})),
                    "deduplicated");
        } finally {
            spark.stop();
        }
        Files.writeString(home.resolve("jobs.yaml"), DEFINITION);
        attached = TandemCommand.run(home, "attach", "jobs.yaml", "--json");
    }

    /** Each file has eight minutes; one record in eight is late, and one in ten comes again. */
    private void writeEvents() throws IOException {
        var random = new Random(11);
        var again = new ArrayList<String>();
        Files.createDirectories(home.resolve("events"));
        for (int file = 0; file < FILES; file++) {
            var lines = new ArrayList<String>();
            for (int record = 0; record < RECORDS; record++) {
                int second = (file * RECORDS + record) * 3;
                boolean late = random.nextInt(8) == 0;
                var at = START.plusSeconds(second - random.nextInt(late ? 1_500 : 20));
                var line = "{\"id\":\"o-%d-%d\",\"at\":\"%s\",\"category\":\"c%d\",\"amount\":%d}"
                        .formatted(file, record, at, random.nextInt(3), random.nextInt(100));
                lines.add(line);
                if (random.nextInt(10) == 0) {
                    again.add(line);
                }
                if (!again.isEmpty() && random.nextInt(12) == 0) {
                    lines.add(again.remove(random.nextInt(again.size())));
                }
            }
            var path = home.resolve("events/part-%02d.json".formatted(file));
            Files.writeString(path, String.join("\n", lines) + "\n");
            // Spark takes the oldest file first.
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3_600 - file * 10L)));
        }
    }

    private static Dataset<Row> counted(Dataset<Row> events) {
        return events.groupBy(window(col("at"), "1 minute"), col("category"))
                .agg(count(lit(1)).as("n"), sum("amount").as("total"));
    }

    private void stream(Dataset<Row> rows, String name) throws Exception {
        rows.writeStream()
                .outputMode("append")
                .format("parquet")
                .option("checkpointLocation", home.resolve("checkpoint-" + name).toString())
                .option("path", home.resolve(name).toString())
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private JsonNode inferred(String view) throws IOException {
        for (var each : new ObjectMapper().readTree(attached.out()).path("views")) {
            if (each.path("view").asText().equals(view)) {
                return each.path("stream").path("inferred");
            }
        }
        throw new AssertionError(attached.err() + attached.out());
    }

    private static boolean holds(JsonNode delays, long micros) {
        for (var span : delays) {
            if (span.path("above").asLong() < micros
                    && micros <= span.path("up_to").asLong(Long.MAX_VALUE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the code's behaviour is the one that was found, or told to be the same. */
    private static boolean allows(JsonNode inferred, List<String> words, long micros) {
        var behaviours = new ArrayList<JsonNode>(List.of(inferred));
        inferred.path("ties").forEach(behaviours::add);
        return behaviours.stream()
                .anyMatch(it -> holds(it.path("delays"), micros)
                        && words.equals(List.of(
                                it.path("late_records").asText(),
                                it.path("watermark_moves").asText(),
                                it.path("micro_batches_behind").asText(),
                                it.path("duplicates").asText(),
                                it.path("rows_written").asText())));
    }

    @Test
    void reproducesEveryRowOfBothJobs() throws IOException {
        assertThat(attached.code()).as(attached.err()).isEqualTo(5);
        for (var view : List.of("plain", "deduplicated")) {
            var inferred = inferred(view);
            assertThat(inferred.path("of").asLong())
                    .as(inferred.toPrettyString())
                    .isGreaterThan(250);
            assertThat(inferred.path("reproduced").asLong())
                    .as(inferred.toPrettyString())
                    .isEqualTo(inferred.path("of").asLong());
        }
    }

    @Test
    void findsTheWatermarkOfTheJobWithoutDedup() throws IOException {
        assertThat(allows(inferred("plain"), List.of("closed", "between files", "2", "counted", "closed"), 120_000_000))
                .as(inferred("plain").toPrettyString())
                .isTrue();
    }

    @Test
    void findsTheDedupWithinTheWatermark() throws IOException {
        assertThat(allows(
                        inferred("deduplicated"),
                        List.of("behind", "between files", "2", "within_delay", "closed"),
                        180_000_000))
                .as(inferred("deduplicated").toPrettyString())
                .isTrue();
    }
}
