package dev.tandem.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What remembers which files of a folder were taken in: the order of the log's records, for ever. */
public abstract class InventoryContract {
    /** One file: how many came before it, and where its records begin in the log. */
    public record File(
            long number, String name, long bytes, String sha256, long firstPosition, long records, Instant arrived) {}

    /** The inventory as one process sees it. */
    public interface Opened {
        List<File> entries();

        void add(File file);
    }

    protected static final File FIRST = file(0, "a.csv", 0, 2);
    protected static final File SECOND = file(1, "b \"ü\\ 1.csv", 2, 0);

    protected static File file(long number, String name, long firstPosition, long records) {
        var arrived = Instant.parse("2026-11-21T12:00:00.123456Z").plusSeconds(number);
        return new File(number, name, 100 + number, "ab".repeat(32), firstPosition, records, arrived);
    }

    /** As a process sees it that starts now. */
    protected abstract Opened open();

    @Test
    void isEmptyAtFirst() {
        assertThat(open().entries()).isEmpty();
    }

    @Test
    void keepsWhatWasAddedInOrder() {
        var inventory = open();
        inventory.add(FIRST);
        inventory.add(SECOND);
        assertThat(inventory.entries()).containsExactly(FIRST, SECOND);
    }

    @Test
    void isTheSameForAProcessThatStartsLater() {
        open().add(FIRST);
        open().add(SECOND);
        assertThat(open().entries()).containsExactly(FIRST, SECOND);
    }

    /** A gap or an overlap would give records the positions of others. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 2", "1, 0", "1, 1", "1, 3", "2, 2", "-1, 2"})
    void refusesAFileThatDoesNotFollowTheLast(long number, long firstPosition) {
        open().add(FIRST);
        for (var inventory : List.of(open(), open())) {
            assertThatThrownBy(() -> inventory.add(file(number, "b.csv", firstPosition, 1)))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageStartingWith("Cannot take in ");
            assertThat(inventory.entries()).containsExactly(FIRST);
        }
        assertThat(open().entries()).containsExactly(FIRST);
    }

    @Test
    void goesOnAfterARefusal() {
        var inventory = open();
        inventory.add(FIRST);
        assertThatThrownBy(() -> inventory.add(file(2, "c.csv", 2, 1))).isInstanceOf(RuntimeException.class);
        inventory.add(SECOND);
        assertThat(open().entries()).containsExactly(FIRST, SECOND);
    }

    @Test
    void holdsManyFiles() {
        var inventory = open();
        var files = LongStream.range(0, 40)
                .mapToObj(number -> file(number, "part-%04d.csv".formatted(number), number * 3, 3))
                .toList();
        files.forEach(inventory::add);
        assertThat(open().entries()).isEqualTo(files);
    }
}
