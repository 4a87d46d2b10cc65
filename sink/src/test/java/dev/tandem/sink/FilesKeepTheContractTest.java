package dev.tandem.sink;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.testkit.contract.SinkContract;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The sinks that write files, each read by DuckDB. */
class FilesKeepTheContractTest {
    private static final List<Shape.Column> COLUMNS =
            List.of(new Shape.Column("key", FieldType.TEXT), new Shape.Column("value", FieldType.LONG));

    /** One of our sinks as the contract sees it. */
    abstract static class OfFiles extends SinkContract {
        private static final Output.What ANY = new Output.What.OfView("any");

        @TempDir
        private Path root;

        abstract Output output(Output.What what);

        abstract Content content();

        /** What DuckDB reads. */
        abstract String relation(Path folder);

        @Override
        protected Opened open() {
            var sink = Sinks.open(output(ANY), content(), Given.setting(root, Mode.STREAM, "run"));
            return new Opened() {
                @Override
                public void write(long number, Iterator<Item> items) {
                    sink.write(number, tuples(items));
                }

                @Override
                public void close() {
                    sink.close();
                }
            };
        }

        private static Iterator<Tuple> tuples(Iterator<Item> items) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return items.hasNext();
                }

                @Override
                public Tuple next() {
                    var item = items.next();
                    var values = Arrays.<Object>asList(item.key(), item.value());
                    return new Tuple(Identity.of(List.of(item.key())), values, Tuple.State.FINAL, 1, 1);
                }
            };
        }

        @Override
        protected List<Item> read() {
            var sql = "select key, value from %s".formatted(relation(root.resolve("out")));
            return Duck.once(sql).stream()
                    .map(row -> row.split("\\|"))
                    .map(row -> new Item(row[0], Long.parseLong(row[1])))
                    .toList();
        }
    }

    @Nested
    class ALake extends OfFiles {
        @Override
        Output output(Output.What what) {
            return new Output.Lake(what, "out", List.of(), Optional.empty());
        }

        @Override
        Content content() {
            return new Content("any", Content.Kind.RECORDS, COLUMNS, 0);
        }

        @Override
        String relation(Path folder) {
            return Duck.lake(folder);
        }
    }

    @Nested
    class AFolderOfCsv extends OfFiles {
        @Override
        Output output(Output.What what) {
            return new Output.Csv(what, "out", Optional.empty());
        }

        @Override
        Content content() {
            return new Content("any", Content.Kind.RECORDS, COLUMNS, 0);
        }

        @Override
        String relation(Path folder) {
            return "read_csv('%s/*.csv', header=true)".formatted(folder);
        }
    }

    /** The whole view in one file, which is replaced. */
    @Nested
    class TheLatestRows extends OfFiles {
        @Override
        Output output(Output.What what) {
            return new Output.Latest(what, "out", Optional.empty());
        }

        @Override
        Content content() {
            return new Content("any", Content.Kind.VIEW, COLUMNS, 1);
        }

        @Override
        String relation(Path folder) {
            return "(select unnest(rows, recursive := true) from read_json('%s/latest.json'))".formatted(folder);
        }
    }
}
