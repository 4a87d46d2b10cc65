package dev.tandem.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.LogInMemory;
import dev.tandem.engine.batch.BatchRun;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Instants;
import dev.tandem.model.Output;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of fields that a compiled definition could take for its own, and fields that no record holds. */
class FieldNamesTest {
    private static final String DEFINITION = """
            pipeline: changes
            time: { event: sent }
            source: { kafka: changes, format: json }
            schema: |-
              id BIGINT, __op STRING, __reason STRING, ts BIGINT FROM '$.source.ts_ms', arrived_at TIMESTAMP,
              sent TIMESTAMP FROM BROKER TIME, part BIGINT FROM PARTITION, place BIGINT FROM OFFSET
            steps:
              - set: { __exit: "upper(__reason)", __field_: "part + 1" }
              - watermark: { delay: 1 minute }
            views:
              by_op: { by: [__op, __exit], measures: { n: count(*), last_arrival: max(arrived_at), __sum: sum(ts) } }
            outputs:
              - { rows: events, csv: "data/${mode}" }
              - { view: by_op, table: "${mode}_by_op", in: sqlite }
            """;
    private static final List<String> RECORDS = List.of(
            "{\"id\":1,\"__op\":\"c\",\"__reason\":\"new\",\"source\":{\"ts_ms\":5},\"arrived_at\":\"2020-01-01T00:00:00Z\"}",
            "{\"id\":2,\"__op\":\"u\",\"__reason\":null,\"source\":{\"ts_ms\":7},\"arrived_at\":\"2020-01-02T00:00:00Z\"}",
            "{\"id\":3,\"source\":7}");

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;
    private static Compiled compiled;
    private static BatchRun batch;

    @BeforeAll
    static void countOnce() {
        spark = SparkRuntime.open("local[1]", scratch);
        var pipeline = DefinitionReader.parse(DEFINITION, "changes.yaml");
        assertThat(Expressions.check(pipeline)).isEmpty();
        compiled = Compiled.of(pipeline, spark);
        var log = LogInMemory.of(Map.of(1, RECORDS));
        batch = BatchRun.of(spark, compiled, new BatchRun.Over(log, log.end(), Watermarks.NONE));
    }

    @AfterAll
    static void stop() {
        batch.close();
        spark.close();
    }

    @Test
    void areThoseOfTheRecord() {
        assertThat(compiled.plan().fields())
                .extracting(Shape.Column::name)
                .containsExactlyInAnyOrder(
                        "id", "__op", "__reason", "ts", "arrived_at", "sent", "part", "place", "__exit", "__field_");
    }

    @Test
    void haveTheRecordsValues() {
        var names = compiled.plan().fields().stream().map(Shape.Column::name).toList();
        var records = new ArrayList<List<@Nullable Object>>();
        batch.records(Output.What.Kind.EVENTS, "events")
                .forEachRemaining(record -> records.add(List.of("__op", "ts", "part", "place", "__field_").stream()
                        .<@Nullable Object>map(name -> record.fields().get(names.indexOf(name)))
                        .toList()));
        assertThat(records).containsExactly(List.of("c", 5L, 0L, 0L, 1L), List.of("u", 7L, 0L, 1L, 1L));
    }

    @Test
    void giveKeysAndMeasures() {
        assertThat(batch.rows().map(row -> row.key() + " " + row.measures()))
                .containsExactlyInAnyOrder(
                        "[c, NEW] [1, 2020-01-01T00:00:00Z, 5]", "[u, null] [1, 2020-01-02T00:00:00Z, 7]");
    }

    @Test
    void letTheBrokersTimeBeTheEventTime() {
        assertThat(batch.fates().accepted()).isEqualTo(2);
        assertThat(batch.reasons()).isEqualTo(Map.of("malformed", 1L));
        var sent = compiled.plan().fields().stream()
                .map(Shape.Column::name)
                .toList()
                .indexOf("sent");
        var first =
                batch.records(Output.What.Kind.EVENTS, "events").next().fields().get(sent);
        assertThat(String.valueOf(first))
                .isIn(
                        Instant.ofEpochMilli(LogInMemory.ARRIVED).toString(),
                        String.valueOf(Instants.micros(Instant.ofEpochMilli(LogInMemory.ARRIVED))));
    }
}
