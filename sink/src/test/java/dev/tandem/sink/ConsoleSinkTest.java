package dev.tandem.sink;

import static dev.tandem.sink.Given.ORDERS;
import static dev.tandem.sink.Given.TOTALS;
import static dev.tandem.sink.Given.orders;
import static dev.tandem.sink.Given.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleSinkTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String written(Content content, Iterator<Tuple> tuples) {
        var console = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var setting = new Sinks.Setting("shop", Mode.STREAM, Path.of("."), "run", "", Clock.systemUTC(), console);
        try (var sink = Sinks.open(
                new Output.Console(new Output.What.OfView(content.name()), Optional.empty()), content, setting)) {
            sink.write(12, tuples);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void S1_21_showsRowsAsAnAlignedTable() {
        assertThat(written(
                        TOTALS, List.of(total("p1", 1_000), total("p-long", 7)).iterator()))
                .isEqualTo("""
                        totals, micro-batch 12: 2 rows
                          product_id  orders  status
                          p1            1000  open
                          p-long           7  open
                        """);
    }

    @Test
    void showsTwentyRowsAndCountsTheRest() {
        assertThat(written(ORDERS, orders(23, 1)).lines())
                .hasSize(23)
                .startsWith("orders, micro-batch 12: 23 rows")
                .endsWith("… and 3 more");
    }

    @Test
    void showsControlCharactersAsWhatTheyAre() {
        assertThat(written(
                        TOTALS, List.of(total("a\u001B[2J\nb\u202Ec\u009B", 1)).iterator()))
                .contains("a\u241B[2J\u240Ab\\u{202E}c\\u{9B}");
    }

    @Test
    void cutsWideCells() {
        assertThat(written(TOTALS, List.of(total("\uD83D\uDE00".repeat(100), 1)).iterator()))
                .contains("\uD83D\uDE00".repeat(39) + "… ");
    }

    @Test
    void saysNothingWithoutRows() {
        assertThat(written(TOTALS, Collections.emptyIterator())).isEmpty();
    }
}
