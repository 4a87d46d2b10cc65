package dev.tandem.app.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Mode;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineageTest {
    private static final String DEFINITION = """
            pipeline: shop
            time: { event: at }
            source: { kafka: receipts, ledger: postgres }
            schema: at TIMESTAMP, item STRING
            views: { per_item: { by: [item], measures: { n: count(*) } } }
            outputs:
              - { view: per_item, table: "${mode}_per_item", in: postgres }
              - { view: per_item, csv: "data/${mode}", mode: stream }
            """;
    private static final String RUN = "0f0e0d0c-0b0a-0908-0706-050403020100";

    private final CollectedEvents server = new CollectedEvents();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private Lineage lineage(Optional<Endpoint> endpoint) {
        var postgres = new DatabaseAddress.Postgres(
                new DatabaseAddress.Server("db", 5432, "sales", new DatabaseAddress.Login("ada", "hidden")));
        var datasets = new Datasets(
                DefinitionReader.parse(DEFINITION, "shop.yaml"),
                Optional.of("b1:9092,b2:9092"),
                name -> postgres,
                Path.of("/home"));
        return new Lineage(
                endpoint, datasets, Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC), told::add);
    }

    private Lineage lineage() {
        return lineage(
                Optional.of(new Endpoint(URI.create(server.url() + "/api/v1/lineage"), CollectedEvents.KEY, "acme")));
    }

    /** As the specification has it, written by hand. */
    @Test
    void tellsOfAFailedStream() throws IOException {
        lineage().ended(Mode.STREAM, "stream-" + RUN, "failed: the disk is full");

        assertThat(server.events()).containsExactly(new ObjectMapper().readTree("""
                {
                  "eventType": "FAIL",
                  "eventTime": "2026-01-01T00:00:00Z",
                  "run": {
                    "runId": "0f0e0d0c-0b0a-0908-0706-050403020100",
                    "facets": {
                      "errorMessage": {
                        "_producer": "urn:tandem:development",
                        "_schemaURL": "https://openlineage.io/spec/facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet",
                        "message": "the disk is full",
                        "programmingLanguage": "JAVA"
                      }
                    }
                  },
                  "job": {
                    "namespace": "acme",
                    "name": "shop.stream",
                    "facets": {
                      "jobType": {
                        "_producer": "urn:tandem:development",
                        "_schemaURL": "https://openlineage.io/spec/facets/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet",
                        "processingType": "STREAMING",
                        "integration": "TANDEM",
                        "jobType": "JOB"
                      }
                    }
                  },
                  "inputs": [{ "namespace": "kafka://b1:9092", "name": "receipts" }],
                  "outputs": [
                    { "namespace": "postgres://db:5432", "name": "sales.public.stream_per_item" },
                    { "namespace": "file", "name": "/home/data/stream" },
                    { "namespace": "file", "name": "/home/segments" }
                  ],
                  "producer": "urn:tandem:development",
                  "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
                }"""));
        assertThat(told).isEmpty();
    }

    @Test
    void tellsOfABatchThatReadsTheLandedLog() {
        lineage().started(Mode.BATCH, "batch-" + RUN);
        lineage().ended(Mode.BATCH, "batch-" + RUN, "finished");

        assertThat(server.events())
                .extracting(it -> it.path("eventType").asText())
                .containsExactly("START", "COMPLETE");
        var ended = server.events().get(1);
        assertThat(ended.path("run").toString()).isEqualTo("{\"runId\":\"%s\"}".formatted(RUN));
        assertThat(ended.path("inputs").toString()).isEqualTo("[{\"namespace\":\"file\",\"name\":\"/home/segments\"}]");
        assertThat(ended.path("outputs").toString())
                .isEqualTo("[{\"namespace\":\"postgres://db:5432\",\"name\":\"sales.public.batch_per_item\"}]");
    }

    @Test
    void goesOnWhereTheServerRefuses() {
        server.answer(500);
        lineage().started(Mode.STREAM, "stream-" + RUN);

        assertThat(told)
                .containsExactly(
                        "lineage: %s/api/v1/lineage did not take the event START of shop.stream: it answers 500; the run goes on"
                                .formatted(server.url()));
    }

    @Test
    void goesOnWhereNobodyListens() {
        server.close();
        lineage().started(Mode.STREAM, "stream-" + RUN);

        assertThat(told).singleElement().asString().startsWith("lineage: ").endsWith("; the run goes on");
    }

    @Test
    void tellsNobodyUnlessAsked() {
        lineage(Optional.empty()).started(Mode.STREAM, "stream-" + RUN);

        assertThat(server.events()).isEmpty();
        assertThat(told).isEmpty();
    }
}
