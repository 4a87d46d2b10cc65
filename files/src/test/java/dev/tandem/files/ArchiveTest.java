package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final String HEADER = "id,qty,price\n";

    @TempDir
    private Path root;

    private Place place;

    @BeforeEach
    void takeInTwoFiles() {
        place = Place.of(root, Place.CSV);
        place.bring("a.csv", HEADER + "o1,1,1\no2,1,1\n");
        place.bring("b.csv", HEADER + "o3,1,1\n");
        place.drop().takeIn(2);
    }

    private Inventory.Entry entry(int number) {
        return place.inventory().entries().get(number);
    }

    @Test
    void S4_05_movesAFileOnlyWhenAllItsRecordsAreCommitted() {
        assertThat(place.archive().settle(place.inventory().entries(), 1)).isEmpty();
        assertThat(place.archive().settle(place.inventory().entries(), 2)).containsExactly("a.csv");

        assertThat(place.archiveFolder().resolve("a.csv")).exists();
        assertThat(place.folder().resolve("a.csv")).doesNotExist();
        assertThat(place.folder().resolve("b.csv")).exists();
    }

    @Test
    void S4_05_settlesAtStartWhatACrashLeftBetweenCommitAndMove() {
        place.archive().move(entry(0));

        assertThat(place.archive().settle(place.inventory().entries(), 3)).containsExactly("b.csv");
        assertThat(place.archive().settle(place.inventory().entries(), 3)).isEmpty();
        assertThat(place.folder()).isEmptyDirectory();
    }

    @Test
    void finishesAMoveThatACrashLeftAfterTheCopy() throws IOException {
        Files.createDirectories(place.archiveFolder());
        Files.copy(place.folder().resolve("a.csv"), place.archiveFolder().resolve("a.csv"));

        assertThat(place.archive().move(entry(0))).isTrue();
        assertThat(place.folder().resolve("a.csv")).doesNotExist();
        assertThat(place.archiveFolder()).isDirectoryNotContaining("glob:**0-a.csv");
    }

    @Test
    void neverOverwritesAnotherFile() throws IOException {
        Files.createDirectories(place.archiveFolder());
        Files.writeString(place.archiveFolder().resolve("a.csv"), "another");

        assertThat(place.archive().move(entry(0))).isTrue();
        assertThat(place.archiveFolder().resolve("a.csv")).hasContent("another");
        assertThat(place.archiveFolder().resolve("0-a.csv")).exists();
        assertThat(Place.records(place.drop(), 0, 3)).containsExactly("o1,1,1", "o2,1,1", "o3,1,1");
    }

    @Test
    void leavesAFileThatIsNotTheOneTakenIn() {
        place.bring("a.csv", HEADER + "o1,1,1\no2,1,9\n");

        assertThat(place.archive().settle(place.inventory().entries(), 3)).containsExactly("b.csv");
        assertThat(place.folder().resolve("a.csv")).exists();
    }

    @Test
    void copiesToAnotherFileSystemBeforeDeleting() throws IOException {
        Files.createDirectories(place.archiveFolder());
        var target = place.archiveFolder().resolve("a.csv");

        place.archive().moveAcross(place.folder().resolve("a.csv"), target);

        assertThat(target).hasContent(HEADER + "o1,1,1\no2,1,1\n");
        assertThat(place.folder().resolve("a.csv")).doesNotExist();
        assertThat(place.archiveFolder()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void neverTakesTheFolderItselfForTheArchive() {
        var same = new Archive(place.folder(), place.folder().resolve("../input"));

        assertThatThrownBy(() -> same.settle(place.inventory().entries(), 3))
                .isInstanceOf(FilesException.class)
                .hasMessageEndingWith(": it is the folder that the files come into; name another");
        assertThat(place.folder().resolve("a.csv")).exists();
    }

    @Test
    void saysWhatKeepsAFileFromTheArchive() throws IOException {
        Files.writeString(place.archiveFolder(), "a file where the folder should be");

        assertThatThrownBy(() -> place.archive().move(entry(0)))
                .isInstanceOf(FilesException.class)
                .hasMessageStartingWith("Cannot move " + place.folder().resolve("a.csv") + " to the archive ");
    }
}
