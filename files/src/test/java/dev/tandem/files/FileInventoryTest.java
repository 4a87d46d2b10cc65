package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.testkit.contract.InventoryContract;
import dev.tandem.testkit.contract.RecordInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInventoryTest extends InventoryContract {
    @TempDir
    private Path root;

    @Override
    protected Opened open() {
        var inventory = inventory();
        return new RecordInventory<>(Inventory.Entry.class, inventory::entries, inventory::add);
    }

    private Inventory inventory() {
        return new FileInventory(file());
    }

    private Path file() {
        return root.resolve("inventory.jsonl");
    }

    @Test
    void isALineOfJsonForEachFile() throws IOException {
        open().add(FIRST);

        assertThat(Files.readString(file()))
                .isEqualTo("{\"number\":0,\"name\":\"a.csv\",\"bytes\":100,\"sha256\":\"" + "ab".repeat(32)
                        + "\",\"first_position\":0,\"records\":2,\"arrived\":\"2026-11-21T12:00:00.123456Z\"}\n");
    }

    @Test
    void seesWhatAnotherProcessAdded() {
        var reader = open();
        assertThat(reader.entries()).isEmpty();
        open().add(FIRST);

        assertThat(reader.entries()).containsExactly(FIRST);
    }

    @Test
    void forgetsALineThatACrashLeftHalfWritten() throws IOException {
        open().add(FIRST);
        Files.writeString(file(), "{\"number\":1,\"name\":\"b.csv\",\"bytes\":1000000", StandardOpenOption.APPEND);

        assertThat(open().entries()).containsExactly(FIRST);
        open().add(SECOND);
        assertThat(open().entries()).containsExactly(FIRST, SECOND);
    }

    @Test
    void saysWhenALineIsDamaged() throws IOException {
        Files.writeString(file(), "{\"number\":0,\"bytes\":1}\n");

        assertThatThrownBy(() -> inventory().entries())
                .isInstanceOf(FilesException.class)
                .hasMessage("Cannot read the inventory " + file()
                        + ": a line has no 'name'; restore it, or remove it to take in every file anew");
    }
}
