package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.files.Inventory.Entry;
import dev.tandem.files.Listing.Present;
import dev.tandem.model.Source.OnBadFile;
import dev.tandem.model.Source.Order;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLogTest {
    private static final String HEADER = "id,qty,price\n";

    @TempDir
    private Path root;

    private Place place;

    @BeforeEach
    void prepare() {
        place = Place.of(root, Place.CSV);
    }

    @Nested
    class TakingIn {
        @Test
        void followsTheNames() {
            place.bring("b.csv", HEADER + "o3,1,1\n");
            place.bring("a.csv", HEADER + "o1,1,1\no2,1,1\n");

            assertThat(place.drop().takeIn(10))
                    .extracting(Entry::number, Entry::name, Entry::firstPosition, Entry::records)
                    .containsExactly(tuple(0L, "a.csv", 0L, 2L), tuple(1L, "b.csv", 2L, 1L));
        }

        @Test
        void putsAFileThatCameLaterBehind() {
            place.bring("b.csv", HEADER + "o1,1,1\n");
            place.drop().takeIn(10);
            place.bring("a.csv", HEADER + "o2,1,1\n");

            assertThat(place.records()).containsExactly("o1,1,1", "o2,1,1");
        }

        @Test
        void S1_17_takesAtMostMaxFilesAtOnce() {
            for (var name : List.of("a.csv", "b.csv", "c.csv")) {
                place.bring(name, HEADER + "o1,1,1\n");
            }
            var drop = place.drop();

            assertThat(drop.takeIn(2)).extracting(Entry::name).containsExactly("a.csv", "b.csv");
            assertThat(drop.pending()).isTrue();
            assertThat(drop.takeIn(2)).extracting(Entry::name).containsExactly("c.csv");
            assertThat(drop.pending()).isFalse();
        }

        @Test
        void S1_16_readsEachMicroBatchFileOnce() {
            for (int file = 1; file <= 102; file++) {
                place.bring("events_batch_%04d.csv".formatted(file), HEADER + "o,1,1\n".repeat(100));
            }

            assertThat(place.records()).hasSize(10_200);
            assertThat(place.drop().takeIn(1000)).isEmpty();
        }

        @Test
        void neverSeesHalfAFile() throws IOException {
            var half = Files.writeString(place.folder().resolve(".a.csv"), HEADER + "o1,1,");
            Files.writeString(place.folder().resolve("_b.csv"), HEADER + "o1,1,");
            Files.writeString(place.folder().resolve("c.csv.tmp"), HEADER + "o1,1,");
            var drop = place.drop();
            assertThat(drop.takeIn(10)).isEmpty();

            Files.writeString(half, HEADER + "o1,1,1\n");
            Files.move(half, place.folder().resolve("a.csv"));

            assertThat(drop.takeIn(10)).extracting(Entry::name).containsExactly("a.csv");
        }

        @Test
        void countsFilesWithoutRecordsToo() {
            place.bring("a.csv", "");
            place.bring("b.csv", HEADER);
            place.bring("c.csv", HEADER + "o1,1,1");

            assertThat(place.drop().takeIn(10)).extracting(Entry::records).containsExactly(0L, 0L, 1L);
            assertThat(place.records()).containsExactly("o1,1,1");
        }

        @Test
        void unpacksGzipAndDigestsTheFileItself() {
            var packed = Place.gzip(HEADER + "o1,1,1\no2,\"1\n\",1");
            place.bring("a.csv.gz", packed);

            assertThat(place.records()).containsExactly("o1,1,1", "o2,\"1\n\",1");
            assertThat(place.inventory().entries()).extracting(Entry::bytes).containsExactly((long) packed.length);
        }

        @Test
        void readsGzipInSeveralParts() throws IOException {
            var parts = new ByteArrayOutputStream();
            parts.write(Place.gzip(HEADER + "o1,1,1\n"));
            parts.write(Place.gzip("o2,1,1\n"));
            place.bring("a.csv.gz", parts.toByteArray());

            assertThat(place.records()).containsExactly("o1,1,1", "o2,1,1");
        }

        @Test
        void takesNothingInFromABrokenGzip() {
            var packed = Place.gzip(HEADER + "o1,1,1\n");
            var file = place.bring("a.csv.gz", Arrays.copyOf(packed, packed.length - 9));
            var drop = place.drop();

            assertThatThrownBy(() -> drop.takeIn(1))
                    .isInstanceOf(FilesException.class)
                    .hasMessage("Cannot read " + file + ": it is no whole gzip file (Unexpected end of ZLIB input"
                            + " stream); take it out of the folder and move it in again when it is complete; to go on without this"
                            + " file, move it out of the folder or write 'on_bad_file: quarantine' in the source");
            assertThat(drop.end()).isZero();
        }

        @Test
        void refusesWhatFollowsTheCompressedData() throws IOException {
            var bytes = new ByteArrayOutputStream();
            bytes.write(Place.gzip(HEADER + "o1,1,1\n"));
            bytes.write("o2,1,1\no3,1,1\no4,1,1\no5,1,1\no6,1,1\n".getBytes(StandardCharsets.UTF_8));
            place.bring("a.csv.gz", bytes.toByteArray());

            assertThatThrownBy(() -> place.drop().takeIn(1))
                    .hasMessageContaining("something else follows the compressed data");
        }

        @Test
        void readsNumbersInNamesByTheirValueWhereAsked() {
            for (int number : List.of(1, 2, 10)) {
                place.bring("part-%d.csv".formatted(number), HEADER + "o%d,1,1\n".formatted(number));
            }
            var natural = place.drop(new Intake(Place.CSV, Order.NATURAL, OnBadFile.STOP));

            assertThat(place.drop().waiting())
                    .extracting(Present::name)
                    .containsExactly("part-1.csv", "part-10.csv", "part-2.csv");
            assertThat(natural.takeIn(3))
                    .extracting(Entry::name)
                    .containsExactly("part-1.csv", "part-2.csv", "part-10.csv");
        }

        @Test
        void readsTheOldestFirstWhereAsked() throws IOException {
            touch(place.bring("a.csv", HEADER), "2026-01-05T10:20:30Z");
            touch(place.bring("b.csv", HEADER), "2026-01-05T10:00:30Z");
            touch(place.bring("d.csv", HEADER), "2026-01-05T10:10:30Z");
            touch(place.bring("c.csv", HEADER), "2026-01-05T10:10:30Z");

            assertThat(place.drop(new Intake(Place.CSV, Order.MODIFIED, OnBadFile.STOP))
                            .takeIn(4))
                    .extracting(Entry::name)
                    .containsExactly("b.csv", "c.csv", "d.csv", "a.csv");
        }

        private static void touch(Path file, String time) throws IOException {
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
        }

        @Test
        void skipsAFileThatVanishesBetweenLookAndReading() throws IOException {
            var gone = place.bring("a.csv", HEADER + "o1,1,1\n");
            place.bring("b.csv", HEADER + "o2,1,1\n");
            var drop = place.drop();
            var waiting = drop.waiting();
            Files.delete(gone);

            assertThat(drop.takeIn(1, waiting)).extracting(Entry::name).containsExactly("b.csv");
        }

        @Test
        void stampsTheArrivalOfItsRecords() {
            place.bring("a.csv", HEADER + "o1,1,1\n");
            var drop = place.drop();
            drop.takeIn(1);

            try (var records = drop.read(0, 1)) {
                assertThat(records.next().arrivedMillis()).isEqualTo(Place.NOON.millis());
            }
        }

        @Test
        void saysHowFarAllThatIsPresentWouldGo() {
            place.bring("a.csv", HEADER + "o1,1,1\n");
            place.bring("b.csv", HEADER + "o2,1,1\no3,1,1\n");
            var drop = place.drop();
            drop.takeIn(1);

            assertThat(drop.endOfAllPresent()).isEqualTo(3);
            assertThat(drop.end()).isEqualTo(1);
        }

        @Test
        void ofJsonTakesThreeExtensions() {
            var json = Place.of(root.resolve("json"), Place.JSON);
            json.bring("a.json", "{\"id\":1}\n\n{\"id\":2}");
            json.bring("b.jsonl", "{\"id\":3}\r\n");
            json.bring("c.NDJSON.gz", Place.gzip("{\"id\":4}\nnonsense\n"));

            assertThat(json.records())
                    .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}", "{\"id\":4}", "nonsense");
        }
    }

    @Nested
    class ReadingBack {
        @BeforeEach
        void bringThree() {
            place.bring("a.csv", HEADER + "o1,1,1\no2,1,1\n");
            place.bring("b.csv", HEADER);
            place.bring("c.csv", HEADER + "o3,1,1\no4,1,1\n");
            place.drop().takeIn(10);
        }

        @Test
        void beginsAndEndsAnywhere() {
            assertThat(Place.records(place.drop(), 1, 3)).containsExactly("o2,1,1", "o3,1,1");
            assertThat(Place.records(place.drop(), 3, 4)).containsExactly("o4,1,1");
            assertThat(Place.records(place.drop(), 2, 2)).isEmpty();
        }

        @Test
        void worksAlsoFromTheArchive() {
            var before = Place.records(place.drop(), 0, 4);
            place.archive().settle(place.inventory().entries(), 4);

            assertThat(place.folder()).isEmptyDirectory();
            assertThat(Place.records(place.drop(), 0, 4)).isEqualTo(before);
        }

        @Test
        void noticesAFileThatChangedSize() {
            var file = place.bring("a.csv", HEADER + "o1,1,1\no2,1,1\no9,1,1\n");

            assertThatThrownBy(() -> Place.records(place.drop(), 0, 1))
                    .isInstanceOf(FilesException.class)
                    .hasMessageStartingWith(
                            "Cannot read back " + file + ": it has changed since it was taken in (27 bytes");
        }

        @Test
        void noticesAFileThatChangedInPlaceBeforeItsLastRecord() {
            place.bring("a.csv", HEADER + "o1,1,1\no2,9,1\n");

            try (var records = place.drop().read(0, 2)) {
                records.next();
                assertThatThrownBy(records::next).hasMessageContaining("it has changed since it was taken in");
            }
        }

        @Test
        void noticesAFormatThatIsAnotherNow() {
            var bare = new RecordForm(Place.CSV.kind(), false, ',', Place.CSV.columns());
            var other = new FolderLog(
                    new Folders(place.folder(), Optional.empty()), Intake.of(bare), place.inventory(), Place.NOON);

            assertThatThrownBy(() -> Place.records(other, 0, 4))
                    .hasMessageContaining("it has 3 records now and had 2 when it was taken in");
        }

        @Test
        void saysWhichFileIsGone() throws IOException {
            Files.delete(place.folder().resolve("c.csv"));

            assertThatThrownBy(() -> Place.records(place.drop(), 0, 4))
                    .hasMessageStartingWith(
                            "Cannot read back " + place.folder().resolve("c.csv") + ": there is no such file, nor ");
        }

        @Test
        void refusesPositionsThatWereNotTakenIn() {
            assertThatThrownBy(() -> place.drop().read(0, 5))
                    .hasMessage("Cannot read positions 0 to 5 of " + place.folder()
                            + ": 4 records were taken in; take the positions from this pipeline's inventory");
        }

        @Test
        void canBeSentElsewhere() throws Exception {
            var bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(place.drop().stretch(1, 3));
            var there = (Stretch) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

            try (var records = there.read()) {
                assertThat(records)
                        .toIterable()
                        .extracting(it -> it.at().toString())
                        .containsExactly("0-1", "0-2");
            }
        }
    }
}
