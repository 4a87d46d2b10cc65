package dev.tandem.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.drop.Inventory.Entry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every inventory promises. */
abstract class InventoryContract {
    static final Entry FIRST = entry(0, "a.csv", 0, 2);
    static final Entry SECOND = entry(1, "b \"ü\\ 1.csv", 2, 0);

    static Entry entry(long number, String name, long firstPosition, long records) {
        var arrived = Instant.parse("2026-11-21T12:00:00.123Z").plusSeconds(number);
        return new Entry(number, name, 100 + number, "ab".repeat(32), firstPosition, records, arrived);
    }

    /** The same one, as a process sees it that starts now. */
    abstract Inventory inventory();

    @Test
    void isEmptyAtFirst() {
        assertThat(inventory().entries()).isEmpty();
    }

    @Test
    void keepsWhatWasAddedInOrder() {
        var inventory = inventory();
        inventory.add(FIRST);
        inventory.add(SECOND);

        assertThat(inventory.entries()).containsExactly(FIRST, SECOND);
    }

    @Test
    void refusesAFileThatDoesNotFollowTheLast() {
        var inventory = inventory();
        inventory.add(FIRST);

        assertThatThrownBy(() -> inventory.add(entry(1, "b.csv", 1, 1)))
                .isInstanceOf(DropException.class)
                .hasMessage(
                        "Cannot take in b.csv as file 1 at position 1: the next is file 1 at position 2; let one stream alone read the folder");
        assertThatThrownBy(() -> inventory.add(FIRST)).isInstanceOf(DropException.class);
        assertThat(inventory.entries()).containsExactly(FIRST);
    }
}
