package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.files.FolderContents.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder holds that was not taken in, and why. */
class PendingFilesTest {
    private static final String HEADER = "id,qty,price\n";

    @TempDir
    private Path root;

    private Place place;

    @BeforeEach
    void prepare() {
        place = Place.of(root, Place.CSV);
    }

    @Test
    void tellsAFileThatWasWrittenOnAfterItWasRead() throws IOException {
        var drop = place.drop();
        var log = place.bring("log.csv", HEADER + "o1,1,1\n");
        drop.takeIn(1);
        Files.writeString(log, "o2,1,1\n", StandardOpenOption.APPEND);

        assertThat(drop.look().leftOut())
                .extracting(LeftOut::told)
                .containsExactly("log.csv: it has changed since it was taken in, and is not read again;"
                        + " bring what is new in it as a file with a name of its own");
    }

    @Test
    void tellsAFileOfTheSameSizeAndTimeThatTookTheOthersPlace() throws IOException {
        var inventory = new MemoryInventory();
        var drop = new FolderLog(
                new Folders(place.folder(), Optional.empty()), Intake.of(Place.CSV), inventory, Clock.systemUTC());
        var log = place.bring("log.csv", HEADER + "o1,1,1\n");
        var time = Files.getLastModifiedTime(log);
        drop.takeIn(1);
        assertThat(drop.look().changed()).isEmpty();

        Files.setLastModifiedTime(place.bring("log.csv", HEADER + "o1,1,2\n"), time);

        assertThat(drop.look().changed()).containsExactly("log.csv");
    }

    @Test
    void tellsChangedFilesAndThoseThatNobodyReads() throws IOException {
        place.bring("a.csv", HEADER + "o1,1,1\n");
        place.bring("b.csv", HEADER + "o2,1,1\n");
        var drop = place.drop();
        drop.takeIn(2);
        assertThat(drop.look().changed()).isEmpty();
        place.bring("a.csv", HEADER + "o1,1,2\n");
        place.bring("c.csv", HEADER);
        place.bring("notes.txt", "x");
        Files.createSymbolicLink(place.folder().resolve("d.csv"), place.folder().resolve("a.csv"));
        Files.createDirectory(place.folder().resolve("old"));
        Files.writeString(place.folder().resolve(".e.csv"), "");

        assertThat(drop.look())
                .isEqualTo(new FolderContents(
                        List.of("c.csv"),
                        List.of(".e.csv"),
                        List.of("a.csv"),
                        List.of(
                                new LeftOut("d.csv", "it is a symbolic link", "move the file itself into the folder"),
                                new LeftOut(
                                        "notes.txt",
                                        "its name does not end in .csv, plain or with .gz",
                                        "rename it if it is to be read"),
                                new LeftOut("old", "it is a folder", "move its files up if they are to be read")),
                        List.of()));
        assertThat(drop.look().leftOut())
                .extracting(LeftOut::name)
                .containsExactly(".e.csv", "a.csv", "d.csv", "notes.txt", "old");
    }

    @Test
    void neverTakesASecondFileOfTheSameNameIn() {
        place.bring("a.csv", HEADER + "o1,1,1\n");
        var drop = place.drop();
        drop.takeIn(1);
        place.archive().settle(place.inventory().entries(), 1);
        place.bring("a.csv", HEADER + "o2,1,1\no3,1,1\n");

        assertThat(drop.takeIn(1)).isEmpty();
        assertThat(drop.look().changed()).containsExactly("a.csv");
        assertThat(Place.records(drop, 0, 1)).as("the archived one").containsExactly("o1,1,1");
    }

    @Test
    void saysThatThereIsNoFolder() throws IOException {
        Files.delete(place.folder());

        assertThatThrownBy(() -> place.drop().pending())
                .isInstanceOf(FilesException.class)
                .hasMessage("Cannot look into " + place.folder()
                        + ": there is no such folder; create it, or name the folder that files are moved into");
    }
}
