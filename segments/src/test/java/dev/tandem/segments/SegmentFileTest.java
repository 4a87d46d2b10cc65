package dev.tandem.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.NamedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFileTest {
    private static final Attempt ATTEMPT = new Attempt("orders", 1_042, "run1", 17);
    private static final long NOON = 1_772_366_400_000L; // 2026-03-01T12:00:00Z

    @TempDir
    private Path folder;

    private SegmentPlace place = SegmentPlace.local(Path.of("."));

    @BeforeEach
    void open() {
        place = SegmentPlace.local(folder);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private SegmentWriter writer(long from, long until) {
        return new SegmentWriter(place, ATTEMPT, new SourceRange(3, from, until));
    }

    private static void passed(SegmentWriter writer, long position, byte[] raw) {
        writer.append(3, position, NOON + position, SegmentWriter.PASSED, null, null, raw, 0, raw.length);
    }

    private NamedFile threeRecords() {
        try (var writer = writer(10, 20)) {
            var shared = bytes("..{\"a\":1}..");
            writer.append(3, 10, NOON, SegmentWriter.PASSED, null, null, shared, 2, 7);
            var broken = new byte[] {'{', (byte) 0xff, 0};
            writer.append(3, 12, NOON - 5, SegmentWriter.QUARANTINED, "malformed", "no § object", broken, 0, 3);
            writer.append(3, 19, NOON + 1, SegmentWriter.PASSED, null, null, new byte[0], 0, 0);
            return writer.finish().orElseThrow();
        }
    }

    private List<String> inDuckDb(NamedFile file, String expression) throws SQLException {
        var sql = "select %s from read_parquet('%s')".formatted(expression, folder.resolve(file.name()));
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            try (var results = statement.executeQuery(sql)) {
                while (results.next()) {
                    rows.add(results.getString(1));
                }
            }
        }
        return rows;
    }

    private List<String> names() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(it -> folder.relativize(it).toString())
                    .toList();
        }
    }

    @Nested
    class ASegment {
        @Test
        void isNamedAfterItsMicroBatchItsRangeAndItsAttempt() throws IOException {
            var file = threeRecords();

            assertThat(file.name()).isEqualTo("orders/000000001/orders-1042-p3-10-run1-17.parquet");
            assertThat(names()).containsExactly(file.name());
        }

        @Test
        void hasTheSizeAndTheChecksumThatItsWriterTells() throws IOException {
            var file = threeRecords();

            var content = Files.readAllBytes(folder.resolve(file.name()));
            var checksum = new CRC32C();
            checksum.update(content);
            assertThat(file)
                    .isEqualTo(new NamedFile(
                            file.name(), NamedFile.Kind.SEGMENT, content.length, checksum.getValue(), 3, 3, 10, 20));
        }

        @Test
        void isReadByDuckDb() throws SQLException {
            var columns = "concat_ws('|', partition, position, arrived, fate, rule, detail, raw)";

            assertThat(inDuckDb(threeRecords(), columns))
                    .containsExactly(
                            "3|10|2026-03-01 12:00:00+00|0|{\\x22a\\x22:1}",
                            "3|12|2026-03-01 11:59:59.995+00|1|malformed|no § object|{\\xFF\\x00",
                            "3|19|2026-03-01 12:00:00.001+00|0|");
        }

        @Test
        void isReadByItsCursor() {
            var rows = new ArrayList<String>();
            try (var reader = new SegmentReader(place, threeRecords())) {
                while (reader.next()) {
                    var raw = new String(
                            reader.raw(), reader.rawOffset(), reader.rawLength(), StandardCharsets.ISO_8859_1);
                    rows.add("%d-%d %d %d %s %s"
                            .formatted(
                                    reader.partition(),
                                    reader.position(),
                                    reader.arrivedMillis() - NOON,
                                    reader.fate(),
                                    reader.rule().orElse("-"),
                                    raw));
                }
            }

            assertThat(rows)
                    .containsExactly("3-10 0 0 - {\"a\":1}", "3-12 -5 1 malformed {\u00ff\u0000", "3-19 1 0 - ");
        }

        @Test
        void tellsADetailThatIsAskedForAfterOthersWereNot() {
            try (var reader = new SegmentReader(place, threeRecords())) {
                reader.next();
                reader.next();

                assertThat(reader.detail()).contains("no § object");
            }
        }

        @Test
        void isNoFileWithoutRecords() throws IOException {
            try (var writer = writer(10, 20)) {
                assertThat(writer.finish()).isEmpty();
            }

            assertThat(names()).isEmpty();
        }

        @Test
        void leavesNothingBehindWhenItIsNotFinished() throws IOException {
            try (var writer = writer(0, 1_000_000)) {
                var random = new Random(1);
                var noise = new byte[1 << 20];
                for (int position = 0; position < 40; position++) {
                    random.nextBytes(noise);
                    passed(writer, position, noise);
                }
                assertThat(names()).singleElement().asString().endsWith(".unfinished");
            }

            assertThat(names()).isEmpty();
        }

        @Test
        void neverTakesThePlaceOfAFileOfTheSameName() {
            var file = threeRecords();

            assertThatThrownBy(SegmentFileTest.this::threeRecords)
                    .isInstanceOf(SegmentException.class)
                    .hasMessageContaining(file.name())
                    .hasMessageContaining("exists already");
        }

        @Test
        void refusesARecordThatIsNotInItsRange() {
            try (var writer = writer(10, 20)) {
                passed(writer, 12, bytes("a"));

                assertThatThrownBy(() -> passed(writer, 20, bytes("b"))).hasMessageContaining("position 20");
                assertThatThrownBy(() -> passed(writer, 12, bytes("b"))).hasMessageContaining("after position 12");
            }
        }

        @Test
        void keepsValuesOfAnySizeThroughPagesAndRowGroups() throws SQLException {
            var random = new Random(7);
            var values = new ArrayList<byte[]>();
            for (int position = 0; position < 1_500; position++) {
                var value = new byte[position % 500 == 0 ? 3 << 20 : random.nextInt(60_000)];
                random.nextBytes(value);
                values.add(value);
            }
            NamedFile file;
            try (var writer = writer(0, values.size())) {
                for (int position = 0; position < values.size(); position++) {
                    passed(writer, position, values.get(position));
                }
                file = writer.finish().orElseThrow();
            }

            assertThat(inDuckDb(file, "count(*) || ' ' || sum(octet_length(raw))"))
                    .containsExactly(
                            "1500 " + values.stream().mapToLong(it -> it.length).sum());
            try (var reader = new SegmentReader(place, file)) {
                for (var value : values) {
                    assertThat(reader.next()).isTrue();
                    var read = new byte[reader.rawLength()];
                    System.arraycopy(reader.raw(), reader.rawOffset(), read, 0, read.length);
                    assertThat(read).isEqualTo(value);
                }
                assertThat(reader.next()).isFalse();
            }
        }

        /** A page without statistics must not look like a page of nulls to readers that skip pages. */
        @Test
        void isFoundByAReaderThatLooksForValues() throws SQLException {
            assertThat(inDuckDb(threeRecords(), "count(*) filter (where raw is not null)"))
                    .containsExactly("3");
        }
    }

    @Nested
    class FatesOfAMicroBatch {
        private NamedFile twoFates() {
            try (var writer = new FateWriter(place, ATTEMPT, 1)) {
                writer.duplicate(3, 12, 0, 4);
                writer.late(0, 7, 2, NOON * 1_000, NOON * 1_000 + 5, true);
                return writer.finish().orElseThrow();
            }
        }

        @Test
        void areReadByDuckDb() throws SQLException {
            var columns =
                    "concat_ws('|', kind, partition, position, of_partition, of_position, view, window_start, window_end, whole)";

            assertThat(inDuckDb(twoFates(), columns))
                    .containsExactly("0|3|12|0|4", "1|0|7|2|2026-03-01 12:00:00+00|2026-03-01 12:00:00.000005+00|true");
        }

        @Test
        void areReadByTheirCursor() {
            try (var reader = new FateReader(place, twoFates())) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.isDuplicate()).isTrue();
                assertThat("%d-%d of %d-%d"
                                .formatted(
                                        reader.partition(),
                                        reader.position(),
                                        reader.ofPartition(),
                                        reader.ofPosition()))
                        .isEqualTo("3-12 of 0-4");
                assertThat(reader.next()).isTrue();
                assertThat(reader.isDuplicate()).isFalse();
                assertThat("%d-%d view %d".formatted(reader.partition(), reader.position(), reader.view()))
                        .isEqualTo("0-7 view 2");
                assertThat(reader.windowEnd() - reader.windowStart()).isEqualTo(5);
                assertThat(reader.whole()).isTrue();
                assertThat(reader.next()).isFalse();
            }
        }

        @Test
        void areNamedAfterTheirPartition() {
            assertThat(twoFates().name()).isEqualTo("orders/000000001/orders-1042-fates-1-run1-17.parquet");
        }

        @Test
        void areNoFileWhenThereAreNone() throws IOException {
            try (var writer = new FateWriter(place, ATTEMPT, 1)) {
                assertThat(writer.finish()).isEmpty();
            }

            assertThat(names()).isEmpty();
        }
    }

    @Nested
    class AFileThatIsNotAsTheLedgerSays {
        @Test
        void isNamedWhenItIsMissing() throws IOException {
            var file = threeRecords();
            Files.delete(folder.resolve(file.name()));

            assertThatThrownBy(() -> new SegmentReader(place, file))
                    .isInstanceOf(SegmentException.class)
                    .hasMessageContaining(file.name())
                    .hasMessageContaining("it is not in");
        }

        @Test
        void isNamedWhenItsEndIsMissing() throws IOException {
            var file = threeRecords();
            var path = folder.resolve(file.name());
            var content = Files.readAllBytes(path);
            Files.write(path, java.util.Arrays.copyOf(content, content.length - 1));

            assertThatThrownBy(() -> new SegmentReader(place, file))
                    .isInstanceOf(SegmentException.class)
                    .hasMessageContaining(file.name())
                    .hasMessageContaining("bytes");
        }
    }

    @Test
    void thePlaceGoesToTasks() throws IOException, ClassNotFoundException {
        var sent = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(sent)) {
            out.writeObject(place);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(place);
        }
    }
}
