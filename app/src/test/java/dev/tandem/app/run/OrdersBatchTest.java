package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.OrdersOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch needs no stream before it. */
class OrdersBatchTest {
    @TempDir
    private Path home;

    private final List<String> told = new ArrayList<>();

    private final Narrator narrator = new Narrator() {
        @Override
        public void tell(String text) {
            told.add(text);
        }

        @Override
        public void progress(String label, long done, OptionalLong total) {}
    };

    @Test
    void S1_02_S1_05_S1_15_readsAFolderOfCsvAndSumsUp() throws IOException, InterruptedException {
        var trial = Trial.alone("orders", home, UnaryOperator.identity());
        trial.generate(trial.feeding().usualEvents(), Duration.ofSeconds(1));
        var folder = Files.createDirectories(trial.file("data/batch"));
        Orders.whole(trial.file(Orders.DROP), folder.resolve("orders_20260101.csv"));
        var summary = new Operations(Hosting.local(trial.workspace()), trial.pipeline(), Clock.systemUTC(), narrator)
                .batch(new Operations.Counting(
                        Optional.of(new Operations.Counting.Input.InFiles(folder)),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(told).contains("dimension 'customers': 1,000 rows", "dimension 'products': 50 rows");
        assertThat(lines(summary)).isEqualTo(expected(folder));
        assertThat(summary).containsPattern("10,200 records counted in \\d+\\.\\d s");
    }

    private static Map<String, String> lines(String summary) {
        var lines = new TreeMap<String, String>();
        summary.lines()
                .filter(line -> !line.startsWith("batch: "))
                .map(line -> line.split(" {2,}", 2))
                .forEach(cells -> lines.put(cells[0], cells[1]));
        return lines;
    }

    private static Map<String, String> expected(Path folder) {
        try (var oracle = OrdersOracle.overCsv(folder)) {
            var words = Map.of(
                    "missing_order_id", "quarantined: missing_order_id",
                    "invalid_values", "quarantined: invalid_values",
                    "duplicate", "duplicate",
                    "cancelled", "split: cancelled",
                    "valid", "counted");
            var lines = new TreeMap<String, String>();
            oracle.fates()
                    .forEach((fate, records) -> lines.put(words.getOrDefault(fate, fate), "%,d".formatted(records)));
            lines.put("read", "10,200");
            return lines;
        }
    }
}
