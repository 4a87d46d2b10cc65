package dev.tandem.engine.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.sink.Sinks;
import dev.tandem.sink.Tuple;
import dev.tandem.sink.Tuples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeRowsTest {
    private static final String LONG = "https://example.com/" + "a".repeat(300);

    @TempDir
    private Path root;

    @Test
    void giveBackAPartitionsWholeValueWhereItsFolderCutsIt() throws IOException {
        writeLake(List.of("short", LONG));
        var file = root.resolve("rows.jsonl");
        try (var spark = SparkRuntime.open("local[1]", root.resolve("scratch"))) {
            LakeRows.write(spark, root.resolve("lake"), List.of("page", "n"), file);
        }
        assertThat(Files.readAllLines(file))
                .containsExactlyInAnyOrder("{\"page\":\"short\",\"n\":0}", "{\"page\":\"%s\",\"n\":1}".formatted(LONG));
    }

    private void writeLake(List<String> pages) {
        var content = Tuples.ofRecords(
                "events", List.of(new Shape.Column("page", FieldType.TEXT), new Shape.Column("n", FieldType.LONG)));
        var output = new Output.Lake(new Output.What.OfView("events"), "lake", List.of("page"), Optional.empty());
        var console = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var setting = new Sinks.Setting("pages", Mode.BATCH, root, "run", "", Clock.systemUTC(), console);
        try (var sink = Sinks.open(output, content, setting)) {
            var tuples = new ArrayList<Tuple>();
            for (int n = 0; n < pages.size(); n++) {
                var values = List.<Object>of(pages.get(n), (long) n);
                tuples.add(new Tuple(Identity.of(values), List.copyOf(values), Tuple.State.FINAL, 1, 1));
            }
            sink.write(1, tuples.iterator());
        }
    }
}
