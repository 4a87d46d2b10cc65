package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {

    private final List<FeedRecord> records = Made.records(Made.feed(10_000, FaultPlan.usual()));

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() {
        file = folder.resolve("runs/truth.jsonl");
        try (var writer = new TruthWriter(file)) {
            records.forEach(sent -> writer.write(sent, new Delivery.Acked("raw_feed", 1, sent.number())));
        }
    }

    @Test
    void saysOfEveryRecordWhatWasSent() {
        try (var lines = TruthFile.read(file)) {
            assertThat(lines).zipSatisfy(records, (line, sent) -> {
                assertThat(line.number()).isEqualTo(sent.number());
                assertThat(line.event()).isEqualTo(sent.event());
                assertThat(line.fault()).isEqualTo(sent.fault());
                assertThat(line.id()).isEqualTo(sent.id());
                assertThat(line.eventTime()).isEqualTo(sent.eventTime());
                assertThat(line.delivery()).isEqualTo(new Delivery.Acked("raw_feed", 1, sent.number()));
            });
        }
    }

    @Test
    void addsUp() {
        var summary = TruthFile.summary(file);

        assertThat(summary.records()).isEqualTo(records.size());
        assertThat(summary.faults().get(Fault.DUPLICATE)).isEqualTo(records.size() - 10_000L);
        assertThat(summary.statuses()).containsExactly(Map.entry("acked", (long) records.size()));
    }

    @Test
    void tellsItselfInOneLine() {
        var summary =
                new TruthSummary(103, new EnumMap<>(Map.of(Fault.NONE, 98L, Fault.LATE, 5L)), Map.of("acked", 103L));

        assertThat(summary.told()).isEqualTo("103 records: none 98, late 5; acked 103");
    }

    @Test
    void standsAsOneJsonObjectPerLine() throws IOException {
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo("{\"number\":0,\"event\":1,\"fault\":\"none\",\"id\":\"42-1\","
                        + "\"event_time\":\"2026-11-20T09:00:00.010Z\",\"delay_ms\":0,"
                        + "\"status\":\"acked\",\"topic\":\"raw_feed\",\"partition\":1,\"offset\":0}");
    }

    @Test
    void leavesOutALineThatWasCutOff() throws IOException {
        Files.writeString(
                file, "{\"number\":0,\"event\":0,\"fault\":\"none\",\"status\":\"unknown\"}\n{\"number\":1,\"ev");

        assertThat(TruthFile.summary(file).told()).isEqualTo("1 records: none 1; unknown 1");
    }

    @Test
    void refusesALineThatIsNoTruth() throws IOException {
        Files.writeString(file, "{\"number\":0,\"event\":0,\"fault\":\"odd\"}\n");

        assertThatThrownBy(() -> TruthFile.summary(file))
                .hasMessage(
                        "Cannot read truth file %s: line 1 is not a truth line (Cannot read fault 'odd': there is no such fault;"
                                        .formatted(file)
                                + " use one of [none, late, duplicate, missing_id, malformed, future_dated, out_of_order,"
                                + " negative_quantity, negative_price, unknown_type, missing_value]); write the file again");
    }
}
