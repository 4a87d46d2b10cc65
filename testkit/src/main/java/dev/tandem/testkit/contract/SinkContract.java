package dev.tandem.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sink that replaces: it is given the rows of numbered micro-batches, each number again after a crash with the same rows or more, and
 * its reader sees each row once. A sink that cannot replace (a queue) does not keep this, and marks its rows instead.
 */
public abstract class SinkContract {
    /** A row that is final: what identifies it, and a number. */
    public record Item(String key, long value) {}

    /** The sink, open. */
    public interface Opened extends AutoCloseable {
        void write(long number, Iterator<Item> items) throws Exception;

        @Override
        void close() throws IOException;
    }

    /** Opens the sink, for the first time or again over what is there. */
    protected abstract Opened open() throws Exception;

    /** All that a reader sees, in any order. Nobody has the sink open. */
    protected abstract List<Item> read() throws Exception;

    /** Thrown by the source of the rows, as a process that dies between two rows. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static List<Item> items(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> new Item("key" + number, number))
                .toList();
    }

    private void write(long number, List<Item> items) throws Exception {
        try (var sink = open()) {
            sink.write(number, items.iterator());
        }
    }

    private void die(long number, List<Item> items, int after) throws Exception {
        var sink = open();
        assertThatThrownBy(() -> sink.write(number, dying(items, after))).isNotNull();
        // Not closed: the process is gone.
    }

    private static Iterator<Item> dying(List<Item> items, int after) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Item next() {
                if (next == after) {
                    throw new Died();
                }
                if (next >= items.size()) {
                    throw new NoSuchElementException();
                }
                return items.get(next++);
            }
        };
    }

    @Nested
    class Numbers {
        @Test
        void addUp() throws Exception {
            try (var sink = open()) {
                sink.write(1, items(0, 3).iterator());
                sink.write(2, items(3, 2).iterator());
            }
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 5));
        }

        @Test
        void addUpFromRunToRun() throws Exception {
            write(1, items(0, 3));
            write(2, items(3, 2));
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 5));
        }

        @Test
        void mayBeLeftOut() throws Exception {
            write(1, items(0, 3));
            write(7, items(3, 2));
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 5));
        }

        @Test
        void mayHaveNoRows() throws Exception {
            write(1, items(0, 3));
            write(2, List.of());
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 3));
        }

        @Test
        void mayHaveManyRows() throws Exception {
            write(1, items(0, 20_000));
            assertThat(read()).hasSize(20_000).doesNotHaveDuplicates();
        }
    }

    @Nested
    class ANumberThatIsWrittenAgain {
        @Test
        void isThereOnce() throws Exception {
            write(1, items(0, 2));
            write(2, items(2, 3));
            write(2, items(2, 3));
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 5));
        }

        @Test
        void isThereOnceWithinOneRun() throws Exception {
            try (var sink = open()) {
                sink.write(1, items(0, 2).iterator());
                sink.write(1, items(0, 2).iterator());
            }
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 2));
        }

        @Test
        void mayHaveMoreRows() throws Exception {
            write(1, items(0, 2));
            write(2, items(2, 1));
            write(2, items(2, 4));
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 6));
        }
    }

    @Nested
    class AProcessThatDies {
        private static final int ROWS = 4;

        /** Between any two rows, and before the first and after the last. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4})
        void isMadeUpForByTheNext(int after) throws Exception {
            write(1, items(0, 2));
            die(2, items(2, ROWS), after);
            write(2, items(2, ROWS));
            assertThat(read()).containsExactlyInAnyOrderElementsOf(items(0, 2 + ROWS));
        }

        /** What readers saw of earlier numbers, they still see. */
        @ParameterizedTest
        @ValueSource(ints = {0, 2, 4})
        void leavesEarlierNumbersAlone(int after) throws Exception {
            write(1, items(0, 2));
            die(2, items(2, ROWS), after);
            assertThat(read()).containsAll(items(0, 2));
        }

        @Test
        void mayDieAgain() throws Exception {
            var all = new ArrayList<Item>();
            for (int number = 1; number <= 3; number++) {
                var its = items(number * 10, ROWS);
                die(number, its, 1);
                die(number, its, 3);
                write(number, its);
                all.addAll(its);
            }
            assertThat(read()).containsExactlyInAnyOrderElementsOf(all);
        }
    }
}
