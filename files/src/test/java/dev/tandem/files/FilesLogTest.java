package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesLogTest {
    private static final String HEADER = "id,qty,price\n";

    @TempDir
    private Path root;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(root.resolve("b.csv"), "price,qty,id\n3,1,o3\n4,1,o4\n");
        Files.writeString(root.resolve("a.csv"), HEADER + "o1,1,1\no2,1,\"2\n\"\n");
        Files.write(root.resolve("c.csv.gz"), Place.gzip(HEADER + "o5,1,5\n"));
        Files.writeString(root.resolve("_SUCCESS"), "");
    }

    private FilesLog log(String where) {
        return FilesLog.of(root.resolve(where).toString(), Intake.of(Place.CSV));
    }

    private static List<Landed> records(FilesLog log, int parts) {
        var all = new ArrayList<Landed>();
        for (var slice : log.slices(log.cut(), parts)) {
            try (var records = log.read(slice)) {
                records.forEachRemaining(all::add);
            }
        }
        return all;
    }

    private static List<String> texts(FilesLog log, int parts) {
        return records(log, parts).stream()
                .map(it -> new String(it.raw().bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void S1_05_readsAllFilesOfAFolder() {
        assertThat(texts(log(""), 1)).containsExactly("o1,1,1", "o2,1,\"2\n\"", "o3,1,3", "o4,1,4", "o5,1,5");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    void givesTheSameRecordsInAnyNumberOfSlices(int parts) {
        var log = log("");

        assertThat(log.slices(log.cut(), parts)).hasSize(Math.min(parts, 5));
        assertThat(texts(log, parts)).isEqualTo(texts(log, 1));
        assertThat(records(log, parts)).extracting(it -> it.at().position()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void readsOneFileOrAPattern() {
        assertThat(texts(log("b.csv"), 1)).containsExactly("o3,1,3", "o4,1,4");
        assertThat(texts(log("[bc].csv*"), 1)).containsExactly("o3,1,3", "o4,1,4", "o5,1,5");
    }

    @Test
    void followsALinkThatIsNamed() throws IOException {
        Files.createSymbolicLink(root.resolve("latest"), root.resolve("b.csv"));

        assertThat(texts(log("latest"), 1)).containsExactly("o3,1,3", "o4,1,4");
    }

    @Test
    void readsAPatternThroughFolders() throws IOException {
        Files.createDirectories(root.resolve("x/y"));
        Files.move(root.resolve("a.csv"), root.resolve("x/y/a.csv"));

        assertThat(log("**.csv").files()).containsExactly(root.resolve("b.csv"), root.resolve("x/y/a.csv"));
        assertThat(log("*/y/*.csv").files()).containsExactly(root.resolve("x/y/a.csv"));
    }

    @Test
    void readsUpToACut() {
        var log = log("");
        var slices = log.slices(new EndOffsets(0, Map.of(0, 3L)), 1);

        assertThat(slices).containsExactly(new LandedLog.Slice(0, 2));
        assertThatThrownBy(() -> log.slices(new EndOffsets(0, Map.of(0, 6L)), 1))
                .hasMessage("Cannot read the files up to position 6: they hold 5 records; take the cut from this log");
    }

    @Test
    void canBeSentToWhereTheWorkIsDone() throws Exception {
        var bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(log(""));
        var there = (FilesLog) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(texts(there, 2)).isEqualTo(texts(log(""), 1));
    }

    @Test
    void noticesAFileThatChangesWhileItIsRead() throws IOException {
        var log = log("");
        Files.writeString(root.resolve("b.csv"), "price,qty,id\n3,1,o3\n4,1,o9\n");

        assertThatThrownBy(() -> records(log, 1)).hasMessageContaining("it has changed since it was taken in");
    }

    @Test
    void saysThatNothingWasFound() {
        var where = root.resolve("*.jsonl").toString();

        assertThatThrownBy(() -> FilesLog.of(where, Intake.of(Place.CSV)))
                .isInstanceOf(FilesException.class)
                .hasMessage(
                        "Cannot read '" + where
                                + "': there is no such file of this format; name a folder, a file or a pattern, and look at the extensions");
    }

    @Test
    void tellsWhatLiesThereAndIsNotRead() throws IOException {
        Files.createDirectories(root.resolve("in/older"));
        Files.writeString(root.resolve("in/a.csv"), HEADER + "o1,1,1\n");
        Files.writeString(root.resolve("in/C.CSV"), HEADER + "o2,1,1\n");
        Files.writeString(root.resolve("in/_b.csv"), HEADER);
        Files.writeString(root.resolve("in/d.txt"), HEADER);
        Files.writeString(root.resolve("in/older/e.csv"), HEADER);
        Files.createSymbolicLink(root.resolve("in/f.csv"), root.resolve("in/a.csv"));

        assertThat(log("in").files()).hasSize(2);
        assertThat(log("in").leftOut())
                .extracting(FolderContents.LeftOut::name)
                .containsExactly("_b.csv", "d.txt", "f.csv", "older");
        assertThat(log("in/*").leftOut())
                .extracting(FolderContents.LeftOut::name)
                .containsExactly("_b.csv", "d.txt", "f.csv");
        assertThat(log("in/*.csv").leftOut())
                .extracting(FolderContents.LeftOut::name)
                .containsExactly("_b.csv", "f.csv");
    }

    @Test
    void leavesABadFileOutWhereItIsQuarantined() throws IOException {
        Files.createDirectories(root.resolve("in"));
        Files.writeString(root.resolve("in/a.csv"), HEADER + "o1,1,1\n");
        Files.writeString(root.resolve("in/b.csv"), "id\no2\n");
        Files.writeString(root.resolve("in/c.csv"), HEADER + "o3,1,1\n");
        var where = root.resolve("in").toString();

        var log = FilesLog.of(where, new Intake(Place.CSV, Order.NAME, OnBadFile.QUARANTINE));

        assertThat(log.cut().positions()).containsEntry(0, 2L);
        assertThat(log.leftOut()).extracting(FolderContents.LeftOut::name).containsExactly("b.csv");
        assertThatThrownBy(() -> FilesLog.of(where, Intake.of(Place.CSV)))
                .hasMessageContaining("b.csv: its header has no column 'qty'")
                .hasMessageEndingWith("write 'on_bad_file: quarantine' in the source");
    }
}
