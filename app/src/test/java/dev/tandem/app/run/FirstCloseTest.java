package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Fates;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.store.LedgerReader.MicroBatch;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a start compares for the first time. */
class FirstCloseTest {
    private static final String DEFINITION = """
            pipeline: counted
            time: { event: at }
            source: { kafka: counted }
            schema: id STRING, at TIMESTAMP
            steps: [ { watermark: { delay: 1 minute } } ]
            views:
              by_hour: { window: { tumbling: 1 hour }, measures: { n: count(*) } }
              by_ten: { window: { tumbling: 10 minutes }, measures: { n: count(*) } }
            outputs: [ { view: by_hour, table: "${mode}_hour", in: sqlite }, { view: by_ten, table: "${mode}_ten", in: sqlite } ]
            """;

    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00Z");

    private static boolean due(int afterSeconds, MicroBatch... committed) {
        var clock = Clock.fixed(BEGUN.plusSeconds(afterSeconds), ZoneOffset.UTC);
        return new FirstClose(DefinitionReader.parse(DEFINITION, "counted.yaml"), clock).due(List.of(committed), BEGUN);
    }

    private static long micros(String time) {
        return Instant.parse("2026-03-01T%s:00Z".formatted(time)).getEpochSecond() * 1_000_000;
    }

    private static MicroBatch microBatch(long number, String highestEvent, String close) {
        return new MicroBatch(
                number,
                "query",
                number,
                "run",
                Map.of(),
                new Fates(5, 5, 0, 0, 0, 0, 0, 0),
                new Watermarks(micros(close), micros(close)),
                micros(highestEvent),
                0,
                Map.of(),
                BEGUN,
                Optional.empty(),
                BEGUN);
    }

    /** The record of 12:03 is in the window that ends at 12:10. */
    @Test
    void comesWithTheFirstWindowThatCloses() {
        assertThat(due(5, microBatch(1, "12:03", "12:02"), microBatch(2, "12:10", "12:09")))
                .isFalse();
        assertThat(due(5, microBatch(1, "12:03", "12:02"), microBatch(2, "12:11", "12:10")))
                .isTrue();
    }

    @Test
    void comesAfterTwoMinutesWhereWindowsAreLong() {
        assertThat(due(119, microBatch(1, "12:03", "12:02"))).isFalse();
        assertThat(due(120, microBatch(1, "12:03", "12:02"))).isTrue();
    }

    @Test
    void waitsAsLongAsNothingWasRead() {
        assertThat(due(3_600)).isFalse();
    }

    /** Each micro-batch is read once, however many there are. */
    @Test
    void asksTheLedgerForWhatIsNewAlone() throws InterruptedException {
        var committed = List.of(
                microBatch(1, "12:03", "12:02"),
                microBatch(2, "12:05", "12:04"),
                microBatch(3, "12:08", "12:07"),
                microBatch(4, "12:11", "12:10"));
        var asked = new ArrayList<Long>();
        new FirstClose(DefinitionReader.parse(DEFINITION, "counted.yaml"), Clock.fixed(BEGUN, ZoneOffset.UTC))
                .await(
                        number -> {
                            asked.add(number);
                            return committed.stream()
                                    .filter(it -> it.number() >= number && it.number() <= asked.size() * 2L)
                                    .toList();
                        },
                        () -> false);
        assertThat(asked).containsExactly(0L, 3L);
    }
}
