package dev.tandem.app;

import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.extension.ExtensionLoader;
import dev.tandem.model.extension.RowSink;
import dev.tandem.model.extension.SinkProvider;
import dev.tandem.testkit.contract.SinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The sink of docs/extending.md, loaded from a jar, keeps what every sink promises. */
class TutorialSinkTest extends SinkContract {
    @TempDir
    private static Path jars = Path.of("");

    @TempDir
    private Path home = Path.of("");

    @BeforeAll
    static void compiled() throws IOException {
        TutorialJars.all(jars);
    }

    @Override
    protected Opened open() throws Exception {
        var extensions = ExtensionLoader.of(List.of(jars), (kind, name) -> false)
                .orElseThrow()
                .extensions();
        var columns = List.of(
                new SinkProvider.Column("key", FieldType.TEXT), new SinkProvider.Column("value", FieldType.LONG));
        var opening =
                new SinkProvider.Opening("shop", Mode.STREAM, "run", "any", columns, 1, home, Map.of("folder", "rows"));
        var sink = extensions.sink("text_files").orElseThrow().open(opening);
        return new Opened() {
            @Override
            public void write(long number, Iterator<Item> items) throws Exception {
                sink.write(number, rows(items));
            }

            @Override
            public void close() throws IOException {
                sink.close();
            }
        };
    }

    private static Iterator<RowSink.Row> rows(Iterator<Item> items) {
        Iterable<Item> all = () -> items;
        return StreamSupport.stream(all.spliterator(), false)
                .map(item -> new RowSink.Row(
                        item.key(), Arrays.<Object>asList(item.key(), item.value()), RowSink.State.FINAL, 1, 1))
                .iterator();
    }

    /** As somebody reads the files who knows that a number is a file. */
    @Override
    protected List<Item> read() throws IOException {
        var items = new ArrayList<Item>();
        try (Stream<Path> files = Files.list(home.resolve("rows/stream"))) {
            for (var file : files.filter(it -> it.toString().endsWith(".txt")).toList()) {
                for (var line : Files.readAllLines(file)) {
                    var cells = line.split("\t");
                    items.add(new Item(cells[0], Long.parseLong(cells[3].replaceAll(".*, (\\d+)]", "$1"))));
                }
            }
        }
        return items;
    }
}
