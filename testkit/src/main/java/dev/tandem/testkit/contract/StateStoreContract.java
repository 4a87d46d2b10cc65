package dev.tandem.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Where a stream's state is saved, partition by partition, each time under the number of a micro-batch. A restart uses the latest state
 * that is whole, so a state must be found if and only if all of it can be read, whatever became of the process or the disk meanwhile.
 */
public abstract class StateStoreContract {
    /**
     * A complete state.
     *
     * @param layout what the state fits
     * @param number of the micro-batch after which it was saved
     * @param mark what the ledger calls that micro-batch
     */
    public record State(String layout, long number, String mark) {}

    /** The store as one process sees it. */
    public interface Opened {
        /** Writes the whole of one partition. */
        void write(long number, String partition, List<String> items) throws Exception;

        /** Begins to write one partition, and never comes to its end: the process is killed. */
        void tear(long number, String partition, List<String> items) throws Exception;

        /** @throws IOException if the partition is not there or not whole */
        List<String> read(long number, String partition) throws IOException;

        /** Completes a state, all of whose partitions are written. */
        void complete(State state, String rest) throws Exception;

        /** @throws IOException if it cannot be read */
        String rest(long number) throws IOException;

        /** The complete states, the latest first. */
        List<State> states() throws Exception;

        /** Deletes whatever belongs to other numbers. */
        void keepOnly(long number) throws Exception;
    }

    /** What is stored in one place, for a test that damages it as a disk does. */
    public interface Stored {
        byte[] bytes() throws IOException;

        void replace(byte[] bytes) throws IOException;

        void delete() throws IOException;
    }

    private static final String LEFT = "keys-0";
    private static final String RIGHT = "groups-0";

    /** As a process sees the store that starts now. */
    protected abstract Opened open() throws Exception;

    /** What is stored of one partition. */
    protected abstract Stored partition(long number, String partition);

    /** What completes a state. */
    protected abstract Stored completion(long number);

    /** How many bytes the store takes, everything included. */
    protected abstract long size() throws Exception;

    private static List<String> items(int count) {
        return IntStream.range(0, count).mapToObj("item %d ü"::formatted).toList();
    }

    private static State state(long number) {
        return new State("layout", number, "mark " + number);
    }

    private void save(long number, int count) throws Exception {
        var store = open();
        store.write(number, LEFT, items(count));
        store.write(number, RIGHT, items(1));
        store.complete(state(number), "rest " + number);
    }

    @Nested
    class APartition {
        @Test
        void isReadAsItWasWritten() throws Exception {
            open().write(1, LEFT, items(3));
            assertThat(open().read(1, LEFT)).isEqualTo(items(3));
        }

        @Test
        void mayBeEmpty() throws Exception {
            open().write(1, LEFT, List.of());
            assertThat(open().read(1, LEFT)).isEmpty();
        }

        @Test
        void mayBeLarge() throws Exception {
            open().write(1, LEFT, items(100_000));
            assertThat(open().read(1, LEFT)).isEqualTo(items(100_000));
        }

        @Test
        void isApartFromOthers() throws Exception {
            open().write(1, LEFT, items(1));
            open().write(1, RIGHT, items(2));
            open().write(2, LEFT, items(3));
            assertThat(open().read(1, LEFT)).isEqualTo(items(1));
            assertThat(open().read(1, RIGHT)).isEqualTo(items(2));
        }

        @Test
        void isReplacedWhenItIsWrittenAgain() throws Exception {
            open().write(1, LEFT, items(3));
            open().write(1, LEFT, items(2));
            assertThat(open().read(1, LEFT)).isEqualTo(items(2));
        }

        @Test
        void isRefusedWhenItIsNotThere() throws Exception {
            save(1, 1);
            assertThatThrownBy(() -> open().read(1, "keys-1")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> open().read(2, LEFT)).isInstanceOf(IOException.class);
        }

        @Test
        void isRefusedWhenItWasTorn() throws Exception {
            open().tear(1, LEFT, items(3));
            assertThatThrownBy(() -> open().read(1, LEFT)).isInstanceOf(IOException.class);
        }

        @Test
        void isWrittenAnewWhereItWasTorn() throws Exception {
            open().tear(1, LEFT, items(5));
            open().write(1, LEFT, items(2));
            assertThat(open().read(1, LEFT)).isEqualTo(items(2));
        }

        @Test
        void isRefusedWithAnyByteChanged() throws Exception {
            open().write(1, LEFT, items(2));
            var stored = partition(1, LEFT);
            byte[] whole = stored.bytes();
            for (int at = 0; at < whole.length; at++) {
                byte[] changed = whole.clone();
                changed[at] ^= 1;
                stored.replace(changed);
                assertThatThrownBy(() -> open().read(1, LEFT)).as("byte %d", at).isInstanceOf(IOException.class);
            }
        }

        @Test
        void isRefusedWhenItEndsAnywhere() throws Exception {
            open().write(1, LEFT, items(2));
            var stored = partition(1, LEFT);
            byte[] whole = stored.bytes();
            for (int length = 0; length < whole.length; length++) {
                stored.replace(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> open().read(1, LEFT))
                        .as("%d bytes", length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Nested
    class AState {
        @Test
        void isNoneAtFirst() throws Exception {
            assertThat(open().states()).isEmpty();
            open().keepOnly(1);
        }

        @Test
        void isFoundWithAllThatItWasSavedWith() throws Exception {
            save(7, 3);
            assertThat(open().states()).containsExactly(state(7));
            assertThat(open().read(7, LEFT)).isEqualTo(items(3));
            assertThat(open().rest(7)).isEqualTo("rest 7");
        }

        /** By number, not by text: 10 comes after 9. */
        @Test
        void isBehindALaterOne() throws Exception {
            save(9, 1);
            save(10, 1);
            save(2, 1);
            assertThat(open().states()).containsExactly(state(10), state(9), state(2));
        }

        @Test
        void isNoneBeforeItIsComplete() throws Exception {
            save(1, 1);
            open().write(2, LEFT, items(3));
            open().tear(2, RIGHT, items(3));
            assertThat(open().states()).containsExactly(state(1));
        }

        @Test
        void isReplacedWhenItIsSavedAgain() throws Exception {
            save(1, 3);
            save(1, 2);
            assertThat(open().states()).containsExactly(state(1));
            assertThat(open().read(1, LEFT)).isEqualTo(items(2));
        }

        @Test
        void isNoneWithoutItsCompletion() throws Exception {
            save(1, 1);
            save(2, 1);
            completion(2).delete();
            assertThat(open().states()).containsExactly(state(1));
        }

        @Test
        void isNoneWithAnyByteOfItsCompletionChanged() throws Exception {
            save(1, 1);
            save(2, 1);
            var stored = completion(2);
            byte[] whole = stored.bytes();
            for (int at = 0; at < whole.length; at++) {
                byte[] changed = whole.clone();
                changed[at] ^= 1;
                stored.replace(changed);
                assertThat(open().states()).as("byte %d", at).containsExactly(state(1));
                assertThatThrownBy(() -> open().rest(2)).as("byte %d", at).isInstanceOf(IOException.class);
            }
        }
    }

    /** The store is a cache: what no restart can use must not fill the disk. */
    @Nested
    class OnlyOne {
        @Test
        void isLeft() throws Exception {
            save(1, 1);
            save(12, 2);
            save(3, 3);
            open().keepOnly(12);
            assertThat(open().states()).containsExactly(state(12));
            assertThat(open().read(12, LEFT)).isEqualTo(items(2));
            assertThat(open().rest(12)).isEqualTo("rest 12");
        }

        @Test
        void takesNoMoreRoomHoweverOftenItIsSaved() throws Exception {
            save(1, 4);
            open().keepOnly(1);
            long once = size();
            for (int number = 2; number <= 9; number++) {
                save(number, 4);
                open().keepOnly(number);
            }
            assertThat(size()).isEqualTo(once);
        }

        @Test
        void leavesNothingOfAStateThatWasNeverCompleted() throws Exception {
            save(1, 4);
            open().keepOnly(1);
            long once = size();
            open().write(2, LEFT, items(4));
            open().tear(2, RIGHT, items(4));
            save(3, 4);
            open().keepOnly(3);
            assertThat(size()).isEqualTo(once);
        }
    }
}
