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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestSinkTest {
    @TempDir
    private Path root;

    private Sink open(Mode mode, Content content) {
        var output = new Output.Latest(new Output.What.OfView("totals"), "${mode}/totals", Optional.empty());
        return Sinks.open(output, content, Given.setting(root, mode, "run"));
    }

    private Sink open() {
        return open(Mode.STREAM, TOTALS);
    }

    private String latest(Mode mode) throws IOException {
        return Files.readString(root.resolve(mode.word()).resolve("totals/latest.json"));
    }

    @Test
    void S1_21_theWholeViewStandsInOneFileThatIsReplaced() throws IOException {
        try (var sink = open()) {
            sink.write(1, List.of(total("p2", 1), total("p1", 1)).iterator());
            sink.write(2, List.of(total("p1", 2), noTotal("p2"), total("p0", 1)).iterator());
        }
        assertThat(latest(Mode.STREAM)).isEqualTo("""
                {"view":"totals","mode":"stream","number":2,"rows":[\
                {"product_id":"p0","orders":1,"status":"open","revision":1,"events":1},\
                {"product_id":"p1","orders":2,"status":"open","revision":1,"events":2}]}
                """);
    }

    @Test
    void aWriteThatChangesNothingLeavesTheFile() throws IOException {
        try (var sink = open()) {
            sink.write(1, List.of(total("p1", 1)).iterator());
            sink.write(2, List.<Tuple>of().iterator());
        }
        assertThat(latest(Mode.STREAM)).contains("\"number\":1");
    }

    @Test
    void afterAKillTheRowsAreThereAgain() throws IOException {
        open().write(1, List.of(total("p1", 1), total("p2", 1)).iterator());
        try (var sink = open()) {
            sink.write(2, List.of(total("p2", 7)).iterator());
        }
        assertThat(latest(Mode.STREAM)).contains("\"p1\",\"orders\":1", "\"p2\",\"orders\":7");
    }

    @Test
    void aMicroBatchThatIsWrittenAgainReplacesWhatItDid() throws IOException {
        try (var sink = open()) {
            sink.write(1, List.of(total("p1", 1)).iterator());
            sink.write(1, List.of(total("p2", 1)).iterator());
        }
        assertThat(latest(Mode.STREAM)).contains("p2").doesNotContain("p1");
    }

    @Test
    void aBatchRunReplacesTheOneBefore() throws IOException {
        for (int run = 1; run <= 2; run++) {
            try (var sink = open(Mode.BATCH, TOTALS)) {
                sink.write(run, List.of(total("p" + run, run)).iterator());
            }
        }
        assertThat(latest(Mode.BATCH)).contains("\"number\":2", "p2").doesNotContain("p1");
    }

    @Test
    void recordsAreRefused() {
        assertThatThrownBy(() -> open(Mode.STREAM, ORDERS))
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot write the latest rows of 'orders': they show a view as a whole, and these are records; write them to a lake or CSV");
    }
}
