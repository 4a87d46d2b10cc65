package dev.tandem.sink;

import static dev.tandem.sink.Given.TOTALS;
import static dev.tandem.sink.Given.noTotal;
import static dev.tandem.sink.Given.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake of a view whose rows are replaced: one file with the rows as they are now. */
class LakeOfAViewTest {
    @TempDir
    private Path root;

    private final Given.Hand hand = new Given.Hand();

    private Sink open() {
        return Sinks.open(
                new Output.Lake(new Output.What.OfView("any"), "lake/${mode}", List.of(), Optional.empty()),
                TOTALS,
                Given.setting(root, Mode.STREAM, "run-1", hand.clock()));
    }

    private List<String> read(String select) {
        return Duck.once("select %s from %s".formatted(select, Duck.lake(root.resolve("lake/stream"))));
    }

    private List<String> parquet() {
        return Given.files(root.resolve("lake/stream")).stream()
                .filter(it -> it.endsWith(".parquet"))
                .toList();
    }

    @Test
    void standsThereAsItIsNow() {
        try (var sink = open()) {
            sink.write(1, List.of(total("p1", 1), total("p2", 1)).iterator());
            sink.write(2, List.of(total("p1", 2), noTotal("p2"), total("p3", 1)).iterator());
        }
        assertThat(read("*")).containsExactlyInAnyOrder("p1|2", "p3|1");
        assertThat(parquet()).containsExactly("part-whole-0.parquet");
    }

    @Test
    void isWholeAfterAKill() {
        open().write(1, List.of(total("p1", 1), total("p2", 1)).iterator());
        try (var sink = open()) {
            sink.write(2, List.of(total("p2", 5)).iterator());
        }
        assertThat(read("*")).containsExactlyInAnyOrder("p1|1", "p2|5");
    }

    @Test
    void takesBackWhatTheFirstWritingOfAMicroBatchDid() {
        var killed = open();
        killed.write(1, List.of(total("p1", 1)).iterator());
        killed.write(2, List.of(total("p1", 2), total("p9", 1)).iterator());
        try (var sink = open()) {
            sink.write(2, List.of(total("p1", 3)).iterator());
        }
        assertThat(read("*")).containsExactly("p1|3");
    }

    @Test
    void isRewrittenAtTheEndWhereAMicroBatchWasWrittenAgain() {
        try (var sink = open()) {
            sink.write(1, List.of(total("p1", 1)).iterator());
            sink.write(1, List.of(total("p1", 2)).iterator());
        }
        assertThat(read("*")).containsExactly("p1|2");
    }

    @Test
    void isRewrittenEveryTenSeconds() {
        var sink = open();
        sink.write(1, List.of(total("p1", 1)).iterator());
        hand.forward(Duration.ofSeconds(9));
        sink.write(2, List.of(total("p1", 2)).iterator());
        assertThat(read("orders")).containsExactly("1");
        hand.forward(Duration.ofSeconds(1));
        sink.write(3, List.of(total("p1", 3)).iterator());
        assertThat(read("orders")).containsExactly("3");
    }
}
