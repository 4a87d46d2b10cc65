package dev.tandem.sink;

import static dev.tandem.sink.Given.ORDERS;
import static dev.tandem.sink.Given.TOTALS;
import static dev.tandem.sink.Given.noTotal;
import static dev.tandem.sink.Given.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotSinkTest {
    @TempDir
    private Path root;

    private final Given.Hand hand = new Given.Hand();

    private Sink open(Mode mode, Content content) {
        var output = new Output.Snapshots(
                new Output.What.OfView("totals"), "product_totals_snapshots", Duration.ofSeconds(15), Optional.empty());
        return Sinks.open(output, content, Given.setting(root, mode, "run", hand.clock()));
    }

    private Sink open() {
        return open(Mode.STREAM, TOTALS);
    }

    private List<String> snapshot(int number) throws IOException {
        return Files.readAllLines(root.resolve("product_totals_snapshots/batch_%04d.csv".formatted(number)));
    }

    private List<String> snapshots() throws IOException {
        return Disk.named(root.resolve("product_totals_snapshots"), "batch_*").stream()
                .map(it -> it.getFileName().toString())
                .toList();
    }

    @Test
    void S1_21_theWholeViewStandsInNumberedFiles() throws IOException {
        try (var sink = open()) {
            sink.write(1, List.of(total("p2", 1), total("p1", 1)).iterator());
            hand.forward(Duration.ofSeconds(15));
            sink.write(2, List.of(total("p1", 2), noTotal("p2"), total("p0", 1)).iterator());
        }
        assertThat(snapshots()).containsExactly("batch_0000.csv", "batch_0001.csv");
        assertThat(snapshot(0)).containsExactly("product_id,orders", "p1,1", "p2,1");
        assertThat(snapshot(1)).containsExactly("product_id,orders", "p0,1", "p1,2");
    }

    /** By code point: U+FF97 before U+1F35C, although the UTF-16 units of the latter (D83C …) come first. */
    @Test
    void itsRowsAreInTheOrderOfCodePoints() throws IOException {
        try (var sink = open()) {
            sink.write(
                    1, List.of(total("🍜", 1), total("ﾗｰﾒﾝ", 2), total("z", 3)).iterator());
        }
        assertThat(snapshot(0)).containsExactly("product_id,orders", "z,3", "ﾗｰﾒﾝ,2", "🍜,1");
    }

    @Test
    void oneIsWrittenAtMostEverySoOftenAndOnceMoreAtTheEnd() throws IOException {
        try (var sink = open()) {
            for (int number = 1; number <= 10; number++) {
                sink.write(number, List.of(total("p1", number)).iterator());
                hand.forward(Duration.ofSeconds(1));
            }
            assertThat(snapshots()).containsExactly("batch_0000.csv");
        }
        assertThat(snapshot(1)).containsExactly("product_id,orders", "p1,10");
    }

    @Test
    void oneThatSaysTheSameIsLeftOut() throws IOException {
        try (var sink = open()) {
            sink.write(1, List.of(total("p1", 1)).iterator());
            hand.forward(Duration.ofMinutes(1));
            sink.write(2, List.of(total("p1", 1)).iterator());
        }
        open().close();
        assertThat(snapshots()).containsExactly("batch_0000.csv");
    }

    @Test
    void afterAKillTheNumbersAndTheRowsGoOn() throws IOException {
        open().write(1, List.of(total("p1", 1), total("p2", 1)).iterator());
        Files.writeString(
                root.resolve("product_totals_snapshots/_state/rows.jsonl"),
                "[\"00000000000000000000000000000000\",\"op",
                StandardOpenOption.APPEND);
        try (var sink = open()) {
            sink.write(2, List.of(total("p2", 7)).iterator());
        }
        assertThat(snapshots()).containsExactly("batch_0000.csv", "batch_0001.csv");
        assertThat(snapshot(1)).containsExactly("product_id,orders", "p1,1", "p2,7");
    }

    @Test
    void theKeptRowsStayShortOverManyChanges() throws IOException {
        for (int restart = 0; restart < 3; restart++) {
            try (var sink = open()) {
                for (int number = 1; number <= 30; number++) {
                    long value = restart * 100L + number;
                    sink.write(
                            value,
                            IntStream.range(0, 1000)
                                    .mapToObj(it -> total("p" + it, value))
                                    .iterator());
                }
            }
        }
        assertThat(root.resolve("product_totals_snapshots/_state/rows.jsonl"))
                .content()
                .satisfies(it -> assertThat(it.lines().count()).isLessThan(20_000));
        assertThat(Duck.once("select count(*), min(orders), max(orders) from read_csv('%s/%s')"
                        .formatted(
                                root.resolve("product_totals_snapshots"),
                                snapshots().get(snapshots().size() - 1))))
                .containsExactly("1000|230|230");
    }

    @Test
    void aBatchRunIsOneSnapshot() throws IOException {
        for (int run = 1; run <= 2; run++) {
            try (var sink = open(Mode.BATCH, TOTALS)) {
                sink.write(1, List.of(total("p" + run, run)).iterator());
            }
        }
        assertThat(snapshot(1)).containsExactly("product_id,orders", "p2,2");
    }

    @Test
    void recordsAreRefused() {
        assertThatThrownBy(() -> open(Mode.STREAM, ORDERS))
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot write snapshots of 'orders': they show a view as a whole, and these are records; write them to a lake or CSV");
    }
}
