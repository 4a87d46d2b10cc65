package dev.tandem.sink;

import static dev.tandem.sink.Given.BY_MINUTE;
import static dev.tandem.sink.Given.DAY;
import static dev.tandem.sink.Given.ORDERS;
import static dev.tandem.sink.Given.TOTALS;
import static dev.tandem.sink.Given.minute;
import static dev.tandem.sink.Given.noTotal;
import static dev.tandem.sink.Given.order;
import static dev.tandem.sink.Given.orders;
import static dev.tandem.sink.Given.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LakeSinkTest {
    @TempDir
    private Path root;

    private static Output.Lake lake(String... partition) {
        return new Output.Lake(new Output.What.OfView("any"), "lake/${mode}", List.of(partition), Optional.empty());
    }

    private Path folder(Mode mode) {
        return root.resolve("lake").resolve(mode.word());
    }

    private Sink open(Mode mode, Content content, String... partition) {
        return Sinks.open(lake(partition), content, Given.setting(root, mode, "run-1"));
    }

    private void write(Mode mode, long number, Iterator<Tuple> tuples) {
        try (var sink = open(mode, ORDERS, "order_date")) {
            sink.write(number, tuples);
        }
    }

    private List<String> read(Mode mode, String select) {
        return Duck.once("select %s from %s".formatted(select, Duck.lake(folder(mode))));
    }

    private List<String> parquet(Mode mode) {
        return Given.files(folder(mode)).stream()
                .filter(it -> it.endsWith(".parquet"))
                .toList();
    }

    @Nested
    class Partitions {
        @Test
        void S1_14_S3_07_areFoldersByDateAsHiveNamesThem() {
            write(Mode.BATCH, 1, orders(6, 3));
            assertThat(parquet(Mode.BATCH))
                    .containsExactly(
                            "order_date=2026-01-01/part-whole-0.parquet",
                            "order_date=2026-01-02/part-whole-0.parquet",
                            "order_date=2026-01-03/part-whole-0.parquet");
            assertThat(read(Mode.BATCH, "order_date, quantity"))
                    .contains("2026-01-01|0", "2026-01-02|4", "2026-01-03|5")
                    .hasSize(6);
        }

        @Test
        void ofNullAndOfHostileTextComeBack() {
            var content = new Content(
                    "odd",
                    Content.Kind.RECORDS,
                    List.of(new Shape.Column("name", FieldType.TEXT), new Shape.Column("n", FieldType.LONG)),
                    0);
            var names = new String[] {null, "", "a/b=c%", "..", "Grüße \u2603", "x:y*?\"'\\[]{}^#\n"};
            try (var sink = open(Mode.BATCH, content, "name")) {
                sink.write(
                        1,
                        IntStream.range(0, names.length)
                                .mapToObj(it -> new Tuple(
                                        Identity.of(List.of(it)),
                                        Arrays.asList(names[it], (long) it),
                                        Tuple.State.FINAL,
                                        1,
                                        1))
                                .iterator());
            }
            assertThat(Duck.once("select n, name from %s order by n"
                            .formatted(Duck.lake(folder(Mode.BATCH))
                                    .replace("true)", "true, hive_types={'name': VARCHAR})"))))
                    .containsExactly("0|null", "1|null", "2|a/b=c%", "3|..", "4|Grüße \u2603", "5|x:y*?\"'\\[]{}^#\n");
        }

        /** File systems take 255 bytes; DuckDB reads what the files hold. */
        @Test
        void ofLongTextAreCutAndTheFileHasTheWholeValue() {
            var content = new Content(
                    "odd",
                    Content.Kind.RECORDS,
                    List.of(new Shape.Column("name", FieldType.TEXT), new Shape.Column("n", FieldType.LONG)),
                    0);
            var names = new String[] {
                "x".repeat(300),
                "x".repeat(300) + "y",
                "/".repeat(90),
                "\u2603".repeat(84),
                "\ud83c\udf5c".repeat(70),
                "z".repeat(250),
                "short~0123456789abcdef0123456789abcdef"
            };
            try (var sink = open(Mode.BATCH, content, "name")) {
                sink.write(
                        1,
                        IntStream.range(0, names.length)
                                .mapToObj(it -> new Tuple(
                                        Identity.of(List.of(it)),
                                        Arrays.asList(names[it], (long) it),
                                        Tuple.State.FINAL,
                                        1,
                                        1))
                                .iterator());
            }
            assertThat(parquet(Mode.BATCH))
                    .hasSize(names.length)
                    .allMatch(
                            it -> it.substring(0, it.indexOf("/part-")).getBytes(StandardCharsets.UTF_8).length <= 255);
            assertThat(Duck.once("select n, coalesce(name_whole, name) from %s order by n"
                            .formatted(Duck.lake(folder(Mode.BATCH))
                                    .replace("true)", "true, union_by_name=true, hive_types={'name': VARCHAR})"))))
                    .containsExactlyElementsOf(IntStream.range(0, names.length)
                            .mapToObj(it -> it + "|" + names[it])
                            .toList());
        }

        @Test
        void thatAreNoColumnsAreRefused() {
            assertThatThrownBy(() -> open(Mode.BATCH, ORDERS, "day"))
                    .isInstanceOf(SinkException.class)
                    .hasMessage(
                            "Cannot make folders of 'orders' by 'day': it is no column with single values; use one of [order_id, quantity, order_date]");
        }
    }

    @Nested
    class AMicroBatch {
        @Test
        void writtenAgainWithMoreRowsReplacesItsOwn() {
            write(Mode.STREAM, 1, orders(4, 2));
            write(Mode.STREAM, 2, orders(4, 4, 2));
            write(Mode.STREAM, 2, orders(4, 7, 2));
            assertThat(read(Mode.STREAM, "count(*), count(distinct order_id)")).containsExactly("11|11");
        }

        @Test
        void writtenAgainTheSameChangesNoFileName() {
            write(Mode.STREAM, 1, orders(4, 2));
            var before = Given.files(folder(Mode.STREAM));
            write(Mode.STREAM, 1, orders(4, 2));
            assertThat(Given.files(folder(Mode.STREAM))).isEqualTo(before);
            assertThat(read(Mode.STREAM, "count(*)")).containsExactly("4");
        }

        @Test
        void writtenAgainWithFewerPartitionsLeavesNoOldFile() {
            write(Mode.STREAM, 1, orders(4, 4));
            write(Mode.STREAM, 1, orders(1, 4));
            assertThat(parquet(Mode.STREAM)).containsExactly("order_date=2026-01-01/part-000001-0.parquet");
            assertThat(folder(Mode.STREAM).resolve("order_date=2026-01-02")).doesNotExist();
        }

        @Test
        void withoutRowsWritesNothing() {
            write(Mode.STREAM, 1, orders(0, 1));
            assertThat(Given.files(folder(Mode.STREAM))).containsExactly("_tandem.json");
        }

        @Test
        void belowWhatTheFolderHasIsRefused() {
            write(Mode.STREAM, 5, orders(1, 1));
            assertThatThrownBy(() -> write(Mode.STREAM, 1, orders(1, 1)))
                    .isInstanceOf(SinkException.class)
                    .hasMessage(
                            "Cannot write micro-batch 1 to %s: the folder has micro-batch 5 already, of a stream that was begun anew since; move the folder away, and what it held is written again"
                                    .formatted(folder(Mode.STREAM)));
        }

        @Test
        void hasAManifestWithChecksums() throws IOException {
            write(Mode.STREAM, 7, orders(5, 2));
            var manifest = Texts.JSON.readValue(
                    folder(Mode.STREAM).resolve("_manifest/000007.json").toFile(), Manifest.class);
            assertThat(manifest.rows()).isEqualTo(5);
            assertThat(manifest.run()).isEqualTo("run-1");
            assertThat(manifest.files()).allSatisfy(file -> {
                var bytes = Files.readAllBytes(folder(Mode.STREAM).resolve(file.path()));
                assertThat(bytes).hasSize((int) file.bytes());
                assertThat(HexFormat.of().formatHex(StagedFile.sha256().digest(bytes)))
                        .isEqualTo(file.sha256());
            });
        }

        @Test
        void givesRowsOfAViewWhenTheyAreFinal() {
            try (var sink = open(Mode.STREAM, BY_MINUTE)) {
                sink.write(1, List.of(minute(0, 1, Tuple.State.OPEN)).iterator());
                sink.write(
                        2,
                        List.of(minute(0, 2, Tuple.State.FINAL), minute(1, 1, Tuple.State.OPEN))
                                .iterator());
            }
            assertThat(read(Mode.STREAM, "window_start, trades")).containsExactly("2026-01-05T12:00Z|2");
        }
    }

    @Nested
    class AProcessKilled {
        private static final class Killed extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        private void kill(Mode mode, LakeFolder.Moment moment, long number, Iterator<Tuple> tuples) {
            LakeFolder.Onlooker onlooker = reached -> {
                if (reached == moment) {
                    throw new Killed();
                }
            };
            var setting = Given.setting(root, mode, "run-2");
            assertThatThrownBy(() -> LakeSink.open(lake("order_date"), ORDERS, setting, onlooker)
                            .write(number, tuples))
                    .isInstanceOf(Killed.class);
        }

        @ParameterizedTest
        @EnumSource(LakeFolder.Moment.class)
        void atAnyMomentIsMadeGoodByWritingAgain(LakeFolder.Moment moment) {
            write(Mode.STREAM, 1, orders(4, 2));
            kill(Mode.STREAM, moment, 2, orders(4, 4, 2));
            write(Mode.STREAM, 2, orders(4, 6, 3));
            assertThat(read(Mode.STREAM, "count(*), count(distinct order_id)")).containsExactly("10|10");
            assertThat(Given.files(folder(Mode.STREAM).resolve("_staging"))).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(LakeFolder.Moment.class)
        void inABatchRunLeavesTheOldRunOrTheNew(LakeFolder.Moment moment) {
            write(Mode.BATCH, 1, orders(6, 3));
            kill(Mode.BATCH, moment, 2, orders(100, 4, 2));
            open(Mode.BATCH, ORDERS, "order_date").close();
            assertThat(read(Mode.BATCH, "count(*), min(quantity)"))
                    .containsExactly(moment == LakeFolder.Moment.STAGED ? "6|0" : "4|100");
        }

        @Test
        void whileItMadeFilesLeavesTheLakeAsItWas() {
            write(Mode.STREAM, 1, orders(4, 2));
            var breaking = new Iterator<Tuple>() {
                private int given;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Tuple next() {
                    if (given++ > 300_000) {
                        throw new Killed();
                    }
                    return order(given, DAY.plusDays(given % 3));
                }
            };
            assertThatThrownBy(() -> write(Mode.STREAM, 2, breaking)).isInstanceOf(Killed.class);
            assertThat(read(Mode.STREAM, "count(*)")).containsExactly("4");
            open(Mode.STREAM, ORDERS, "order_date").close();
            assertThat(Given.files(folder(Mode.STREAM).resolve("_staging"))).isEmpty();
        }

        @Test
        void whoseManifestIsLostIsWrittenAgainWhole() throws IOException {
            write(Mode.STREAM, 1, orders(4, 4));
            Files.delete(folder(Mode.STREAM).resolve("_manifest/000001.json"));
            write(Mode.STREAM, 1, orders(2, 2));
            assertThat(read(Mode.STREAM, "count(*)")).containsExactly("2");
        }
    }

    @Nested
    class ABatchRun {
        @Test
        void replacesTheRunBefore() {
            write(Mode.BATCH, 1, orders(6, 3));
            write(Mode.BATCH, 2, orders(100, 4, 2));
            assertThat(read(Mode.BATCH, "count(*), min(quantity)")).containsExactly("4|100");
        }

        @Test
        void withoutRowsEmptiesTheFolder() {
            write(Mode.BATCH, 1, orders(6, 3));
            write(Mode.BATCH, 2, orders(0, 1));
            assertThat(parquet(Mode.BATCH)).isEmpty();
        }

        @Test
        void writesAViewsOpenRowsToo() {
            try (var sink = open(Mode.BATCH, TOTALS)) {
                sink.write(1, List.of(total("p1", 3), noTotal("p2")).iterator());
            }
            assertThat(read(Mode.BATCH, "*")).containsExactly("p1|3");
        }

        @Test
        void ofMorePartitionsThanOpenFilesAndMoreRowsThanWaitIsWhole() {
            write(Mode.BATCH, 1, orders(500_000, 100));
            assertThat(parquet(Mode.BATCH)).hasSizeGreaterThanOrEqualTo(100);
            assertThat(read(Mode.BATCH, "count(distinct order_id), sum(quantity), count(distinct order_date)"))
                    .containsExactly("500000|124999750000|100");
        }
    }

    @Test
    void aFolderOfAnotherOutputIsRefused() {
        open(Mode.STREAM, ORDERS).close();
        assertThatThrownBy(() -> open(Mode.STREAM, BY_MINUTE))
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot write 'by_minute' of shop (stream) to %s: the folder holds 'orders' of shop (stream); give each output a folder of its own, such as one with ${mode} in its path"
                                .formatted(folder(Mode.STREAM)));
    }

    @Test
    void aReaderOfAStreamSeesNoRowTwiceAndNoHalfFile() throws InterruptedException {
        write(Mode.STREAM, 1, orders(30, 3));
        readWhile(Mode.STREAM, () -> {
            for (int number = 2; number < 40; number++) {
                write(Mode.STREAM, number, orders(number * 30, 30, 3));
                write(Mode.STREAM, number, orders(number * 30, 30, 3));
            }
        });
        assertThat(read(Mode.STREAM, "count(*)")).containsExactly(Integer.toString(39 * 30));
    }

    @Test
    void aReaderOfABatchSeesEachPartitionOfOneRun() throws InterruptedException {
        write(Mode.BATCH, 1, orders(30, 3));
        readWhile(Mode.BATCH, () -> {
            for (int number = 2; number < 40; number++) {
                write(Mode.BATCH, number, orders(number * 30, 30, 3));
            }
        });
        assertThat(read(Mode.BATCH, "count(*), min(quantity)")).containsExactly("30|1170");
    }

    /** Reads as fast as it can while another thread writes: each row once, and never fewer rows than before. */
    private void readWhile(Mode mode, Runnable writing) throws InterruptedException {
        var done = new AtomicBoolean();
        var writer = new Thread(() -> {
            try {
                writing.run();
            } finally {
                done.set(true);
            }
        });
        writer.start();
        int seen = 0;
        try (var duck = new Duck()) {
            while (!done.get()) {
                var counts = duck.query(
                                "select count(*) = count(distinct order_id), count(*) from " + Duck.lake(folder(mode)))
                        .get(0)
                        .split("\\|", -1);
                assertThat(counts[0]).isEqualTo("true");
                int rows = Integer.parseInt(counts[1]);
                assertThat(rows).isGreaterThanOrEqualTo(seen);
                seen = rows;
            }
        }
        writer.join();
    }
}
