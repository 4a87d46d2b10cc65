package dev.tandem.sink;

import static dev.tandem.sink.Given.BY_MINUTE;
import static dev.tandem.sink.Given.ORDERS;
import static dev.tandem.sink.Given.TOTALS;
import static dev.tandem.sink.Given.minute;
import static dev.tandem.sink.Given.orders;
import static dev.tandem.sink.Given.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSinkTest {
    @TempDir
    private Path root;

    private final Given.Hand hand = new Given.Hand();

    private Sink open(Mode mode, Content content, String run) {
        var output = new Output.Csv(new Output.What.OfView("any"), "csv", Optional.empty());
        return Sinks.open(output, content, Given.setting(root, mode, run, hand.clock()));
    }

    private void write(long number, Iterator<Tuple> tuples) {
        try (var sink = open(Mode.STREAM, ORDERS, "run")) {
            sink.write(number, tuples);
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(root.resolve("csv").resolve(file));
    }

    @Test
    void S2_02_aWindowIsOneRowUnderAHeaderOnceItIsClosed() throws IOException {
        try (var sink = open(Mode.STREAM, BY_MINUTE, "run")) {
            sink.write(1, List.of(minute(0, 3, Tuple.State.OPEN)).iterator());
            sink.write(
                    2,
                    List.of(minute(0, 5, Tuple.State.FINAL), minute(1, 1, Tuple.State.OPEN))
                            .iterator());
        }
        assertThat(Given.files(root)).containsExactly("csv/_tandem.json", "csv/part-000002.csv");
        assertThat(lines("part-000002.csv"))
                .containsExactly("window_start,window_end,trades", "2026-01-05T12:00:00Z,2026-01-05T12:01:00Z,5");
    }

    @Test
    void S2_05_aBatchRunIsOneNewFile() throws IOException {
        for (int run = 1; run <= 2; run++) {
            try (var sink = open(Mode.BATCH, TOTALS, "run-" + run)) {
                sink.write(1, List.of(total("all", run)).iterator());
            }
            hand.forward(Duration.ofMinutes(10));
        }
        assertThat(Given.files(root))
                .containsExactly(
                        "csv/_tandem.json",
                        "csv/part-20260105T120000000Z-run-1.csv",
                        "csv/part-20260105T121000000Z-run-2.csv");
        assertThat(lines("part-20260105T121000000Z-run-2.csv")).containsExactly("product_id,orders", "all,2");
    }

    @Test
    void aBatchRunWrittenAgainReplacesItsFile() {
        for (int attempt = 1; attempt <= 2; attempt++) {
            try (var sink = open(Mode.BATCH, TOTALS, "run-1")) {
                sink.write(1, List.of(total("all", attempt)).iterator());
            }
            hand.forward(Duration.ofMinutes(1));
        }
        assertThat(Given.files(root)).hasSize(2);
    }

    @Test
    void aMicroBatchWrittenAgainReplacesItsFile() throws IOException {
        write(1, orders(2, 1));
        write(2, orders(2, 2, 1));
        write(2, orders(2, 3, 1));
        assertThat(lines("part-000001.csv")).hasSize(3);
        assertThat(lines("part-000002.csv")).hasSize(4);
    }

    @Test
    void aMicroBatchWrittenAgainWithoutRowsHasNoFile() {
        write(1, orders(2, 1));
        write(1, Collections.emptyIterator());
        assertThat(Given.files(root)).containsExactly("csv/_tandem.json");
    }

    @Test
    void aKilledWritersBeginningIsRemoved() throws IOException {
        write(1, orders(2, 1));
        Files.writeString(root.resolve("csv/.part-000002.csv.staged"), "order_id,qu");
        write(2, orders(2, 2, 1));
        assertThat(Given.files(root)).containsExactly("csv/_tandem.json", "csv/part-000001.csv", "csv/part-000002.csv");
    }

    @Test
    void aMicroBatchBelowWhatTheFolderHasIsRefused() {
        write(9, orders(2, 1));
        assertThatThrownBy(() -> write(3, orders(2, 1)))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot write micro-batch 3 to ");
    }
}
