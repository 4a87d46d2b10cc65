package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Landed records that are sent again. */
class PlayedRecordsTest {
    private static final String DEFINITION = """
            pipeline: played
            time: { event: at }
            source: { kafka: raw }
            schema: "id STRING, at TIMESTAMP, who STRING FROM KEY, tenant STRING FROM HEADER 'tenant'"
            steps:
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], within: 1 hour }
            views: { n: { measures: { n: count(*) } } }
            outputs: [{ view: n, table: "${mode}_n", in: sqlite }]
            """;

    private static Landed landed(String raw) {
        return new Landed(new Coordinates(0, 0), 5, new Raw(raw.getBytes(StandardCharsets.UTF_8)), 1, Landed.As.KEPT);
    }

    @Test
    void haveTheirKeyTheirHeadersAndTheirValueBack() {
        var value = "{\"id\":\"a\",\"at\":\"2026-01-01T00:00:00Z\"}";
        var records =
                List.of(landed("{\"key\":\"ann\",\"header\":{\"tenant\":\"7\"}}\n" + value), landed("{}\n" + value));
        var played = new PlayedRecords(records.iterator(), DefinitionReader.parse(DEFINITION, "played.yaml"));

        var first = played.next();
        assertThat(first.value()).asString(StandardCharsets.UTF_8).isEqualTo(value);
        assertThat(first.id()).hasValue("a");
        assertThat(first.eventTime()).hasValue(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(first.beside().key())
                .hasValueSatisfying(
                        key -> assertThat(key).asString(StandardCharsets.UTF_8).isEqualTo("ann"));
        assertThat(first.beside().headers().get("tenant"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("7");
        var second = played.next();
        assertThat(second.beside().key()).isEmpty();
        assertThat(second.beside().headers()).isEmpty();
        assertThat(second.value()).asString(StandardCharsets.UTF_8).isEqualTo(value);
    }
}
