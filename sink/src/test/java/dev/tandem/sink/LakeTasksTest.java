package dev.tandem.sink;

import static dev.tandem.sink.Given.ORDERS;
import static dev.tandem.sink.Given.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several tasks write one lake. */
class LakeTasksTest {
    @TempDir
    private Path root;

    private TaskSink open() {
        var output = new Output.Lake(new Output.What.OfView("any"), "lake", List.of("order_date"), Optional.empty());
        return (TaskSink) Sinks.open(output, ORDERS, Given.setting(root, Mode.BATCH, "run-1"));
    }

    private Path lake() {
        return root.resolve("lake");
    }

    private List<String> parquet() {
        return Given.files(lake()).stream()
                .filter(it -> it.endsWith(".parquet"))
                .toList();
    }

    /** As Spark sends it. */
    private static TaskWriter sent(TaskWriter writer) throws IOException, ClassNotFoundException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(writer);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (TaskWriter) in.readObject();
        }
    }

    @Test
    void filesOfAllTasksStandInTheLakeAfterPublishing() throws Exception {
        try (var sink = open()) {
            var writer = sent(sink.begin(1));
            var second = writer.write(1, 8, orders(4, 2));
            var first = writer.write(0, 7, orders(6, 3));
            assertThat(parquet()).isEmpty();
            sink.publish(1, List.of(first, second));
        }
        assertThat(parquet())
                .containsExactly(
                        "order_date=2026-01-01/part-whole-00000-0.parquet",
                        "order_date=2026-01-01/part-whole-00001-0.parquet",
                        "order_date=2026-01-02/part-whole-00000-0.parquet",
                        "order_date=2026-01-02/part-whole-00001-0.parquet",
                        "order_date=2026-01-03/part-whole-00000-0.parquet");
        assertThat(Duck.once("select count(*) from " + Duck.lake(lake()))).containsExactly("10");
    }

    @Test
    void aTaskThatRanTwiceGivesItsRowsOnce() {
        try (var sink = open()) {
            var writer = sink.begin(1);
            writer.write(0, 1, orders(6, 3));
            sink.publish(1, List.of(writer.write(0, 2, orders(6, 3))));
        }
        assertThat(Duck.once("select count(*) from " + Duck.lake(lake()))).containsExactly("6");
        try (var sink = open()) {
            assertThat(sink.begin(2)).isNotNull();
            assertThat(lake().resolve("_staging")).isEmptyDirectory();
        }
    }

    @Test
    void aRunReplacesTheRunBeforeWhicheverOfThemHadTasks() {
        try (var sink = open()) {
            var writer = sink.begin(1);
            sink.publish(1, List.of(writer.write(0, 1, orders(6, 3)), writer.write(1, 2, orders(6, 3))));
            sink.write(2, orders(4, 1));
        }
        assertThat(parquet()).containsExactly("order_date=2026-01-01/part-whole-0.parquet");
        try (var sink = open()) {
            var writer = sink.begin(3);
            sink.publish(3, List.of(writer.write(0, 1, orders(0, 1)), writer.write(1, 2, orders(2, 1))));
        }
        assertThat(parquet()).containsExactly("order_date=2026-01-01/part-whole-00001-0.parquet");
        assertThat(Duck.once("select count(*) from " + Duck.lake(lake()))).containsExactly("2");
    }

    @Test
    void aFileOnAnotherDiskIsNamedAndTheLakeStaysAsItWas() throws IOException {
        try (var sink = open()) {
            sink.write(1, orders(4, 1));
            var writer = sink.begin(2);
            var made = writer.write(0, 1, orders(6, 3));
            try (var staged = Files.newDirectoryStream(lake().resolve("_staging"), "task-*")) {
                for (var file : staged) {
                    Files.delete(file);
                }
            }
            assertThatThrownBy(() -> sink.publish(2, List.of(made)))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("order_date=2026-01-01/part-whole-00000-0.parquet")
                    .hasMessageContaining("share");
        }
        assertThat(Duck.once("select count(*) from " + Duck.lake(lake()))).containsExactly("4");
    }
}
