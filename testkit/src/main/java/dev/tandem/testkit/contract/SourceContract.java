package dev.tandem.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source that can be read again: a log of numbered partitions in which every record keeps its position for ever. Exactly-once rests
 * on it, because after a crash the records between two committed positions must be the same ones. A source that hands out each record
 * once (a queue, a socket) does not keep this.
 */
public abstract class SourceContract {
    /** A record as a task reads it. */
    public record Item(int partition, long position, String value) {}

    /**
     * Some positions of the log, by partition.
     *
     * @param from the first position, included
     * @param until the position behind the last one
     */
    public record Stretch(Map<Integer, Long> from, Map<Integer, Long> until) {}

    /** The source as one process has it open. */
    public interface Opened extends AutoCloseable {
        /** Where to begin after {@code committed}, which is empty if nothing was committed; has every partition. */
        Map<Integer, Long> begin(Map<Integer, Long> committed) throws Exception;

        /** Where a micro-batch ends that begins at {@code from}; equal to {@code from} if there is nothing new. */
        Map<Integer, Long> end(Map<Integer, Long> from) throws Exception;

        /** The records of {@code stretch}, divided among about {@code tasks} tasks, whose records follow one another in the answer. */
        List<Item> read(Stretch stretch, int tasks) throws Exception;

        /** Told after a commit: everything before {@code positions} is safe. */
        void committed(Map<Integer, Long> positions) throws Exception;

        @Override
        void close() throws IOException;
    }

    /** Opens the source as a process that starts now. */
    protected abstract Opened open() throws Exception;

    /** Somebody else delivers records, in this order; returns when the source can see them. All values of a test are distinct. */
    protected abstract void deliver(List<String> values) throws Exception;

    private record Drained(List<Stretch> stretches, List<Item> items, Map<Integer, Long> end) {
        List<String> values() {
            return items.stream().map(Item::value).toList();
        }
    }

    private static List<String> values(int from, int count) {
        return IntStream.range(from, from + count).mapToObj("v%04d"::formatted).toList();
    }

    /** Reads micro-batch after micro-batch until there is nothing new. */
    private static Drained drain(Opened source, Map<Integer, Long> committed) throws Exception {
        var stretches = new ArrayList<Stretch>();
        var items = new ArrayList<Item>();
        var from = source.begin(committed);
        for (var end = source.end(from); !end.equals(from); end = source.end(from)) {
            var stretch = new Stretch(from, end);
            stretches.add(stretch);
            items.addAll(source.read(stretch, 3));
            from = end;
        }
        return new Drained(stretches, items, from);
    }

    private Drained drain(Map<Integer, Long> committed) throws Exception {
        try (var source = open()) {
            return drain(source, committed);
        }
    }

    private Map<Integer, Long> commitAll(Map<Integer, Long> committed) throws Exception {
        try (var source = open()) {
            var drained = drain(source, committed);
            source.committed(drained.end());
            return drained.end();
        }
    }

    @Nested
    class Records {
        @Test
        void areNoneInAnEmptyLog() throws Exception {
            assertThat(drain(Map.of()).items()).isEmpty();
        }

        @Test
        void areReadOnceEach() throws Exception {
            deliver(values(0, 11));
            assertThat(drain(Map.of()).values()).containsExactlyInAnyOrderElementsOf(values(0, 11));
        }

        @Test
        void mayBeMany() throws Exception {
            deliver(values(0, 200));
            assertThat(drain(Map.of()).values()).containsExactlyInAnyOrderElementsOf(values(0, 200));
        }

        @Test
        void areInTheOrderOfTheirPositions() throws Exception {
            deliver(values(0, 11));
            drain(Map.of()).items().stream()
                    .collect(Collectors.groupingBy(Item::partition))
                    .values()
                    .forEach(items -> assertThat(items)
                            .extracting(Item::position)
                            .isSorted()
                            .doesNotHaveDuplicates());
        }

        @Test
        void areWithinTheAskedPositions() throws Exception {
            deliver(values(0, 11));
            try (var source = open()) {
                for (var stretch : drain(source, Map.of()).stretches()) {
                    assertThat(source.read(stretch, 2)).allMatch(item -> isWithin(stretch, item));
                }
            }
        }

        private static boolean isWithin(Stretch stretch, Item item) {
            return item.position() >= stretch.from().getOrDefault(item.partition(), 0L)
                    && item.position() < stretch.until().getOrDefault(item.partition(), 0L);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 7})
        void areTheSameForAnyNumberOfTasks(int tasks) throws Exception {
            deliver(values(0, 11));
            try (var source = open()) {
                var drained = drain(source, Map.of());
                var again = new ArrayList<Item>();
                for (var stretch : drained.stretches()) {
                    again.addAll(source.read(stretch, tasks));
                }
                assertThat(again).containsExactlyInAnyOrderElementsOf(drained.items());
            }
        }

        /** A task that is tried again may be given other bounds. */
        @Test
        void areTheSameInAnyParts() throws Exception {
            deliver(values(0, 11));
            try (var source = open()) {
                var drained = drain(source, Map.of());
                var middle = new TreeMap<>(drained.end());
                var start = source.begin(Map.of());
                middle.replaceAll((partition, end) -> (start.getOrDefault(partition, 0L) + end) / 2);
                var parts = new ArrayList<>(source.read(new Stretch(start, middle), 1));
                parts.addAll(source.read(new Stretch(middle, drained.end()), 1));
                assertThat(parts).containsExactlyInAnyOrderElementsOf(drained.items());
            }
        }

        @Test
        void comeBehindThoseThatWereDeliveredBefore() throws Exception {
            deliver(values(50, 5));
            var before = drain(Map.of());
            // Their values sort before the others.
            deliver(values(0, 5));
            var all = drain(Map.of());
            assertThat(all.items()).containsAll(before.items());
            assertThat(all.values()).containsExactlyInAnyOrderElementsOf(joined(values(50, 5), values(0, 5)));
        }
    }

    @Nested
    class AMicroBatch {
        @Test
        void staysEmptyWithoutNewRecords() throws Exception {
            deliver(values(0, 4));
            try (var source = open()) {
                var end = drain(source, Map.of()).end();
                assertThat(source.end(end)).isEqualTo(end);
                assertThat(source.read(new Stretch(end, end), 2)).isEmpty();
            }
        }

        @Test
        void takesWhatComesWhileTheSourceIsOpen() throws Exception {
            try (var source = open()) {
                var first = drain(source, Map.of());
                deliver(values(0, 4));
                assertThat(drain(source, first.end()).values()).containsExactlyInAnyOrderElementsOf(values(0, 4));
            }
        }

        @Test
        void endsInNoPartitionBeforeItBegins() throws Exception {
            deliver(values(0, 11));
            assertThat(drain(Map.of()).stretches())
                    .isNotEmpty()
                    .allSatisfy(stretch -> stretch.from()
                            .forEach((partition, from) ->
                                    assertThat(stretch.until().get(partition)).isGreaterThanOrEqualTo(from)));
        }
    }

    @Nested
    class AProcessThatStartsAgain {
        @Test
        void goesOnBehindWhatWasCommitted() throws Exception {
            deliver(values(0, 5));
            var committed = commitAll(Map.of());
            deliver(values(5, 5));
            assertThat(drain(committed).values()).containsExactlyInAnyOrderElementsOf(values(5, 5));
        }

        @Test
        void findsNothingNewBehindTheLastRecord() throws Exception {
            deliver(values(0, 5));
            var committed = commitAll(Map.of());
            var again = drain(committed);
            assertThat(again.items()).isEmpty();
            assertThat(again.end()).isEqualTo(committed);
        }

        /** The state is rebuilt from what was committed, so it must still be what it was. */
        @Test
        void readsCommittedRecordsAsTheyWere() throws Exception {
            deliver(values(0, 5));
            var first = drain(Map.of());
            commitAll(Map.of());
            deliver(values(5, 5));
            try (var source = open()) {
                var again = new ArrayList<Item>();
                source.begin(first.end());
                for (var stretch : first.stretches()) {
                    again.addAll(source.read(stretch, 2));
                }
                assertThat(again).containsExactlyInAnyOrderElementsOf(first.items());
            }
        }

        @Test
        void readsUncommittedRecordsAtTheSamePositions() throws Exception {
            deliver(values(0, 5));
            var committed = commitAll(Map.of());
            deliver(values(5, 5));
            var died = drain(committed);
            deliver(values(10, 5));
            var next = drain(committed);
            assertThat(next.items()).containsAll(died.items());
            assertThat(next.values()).containsExactlyInAnyOrderElementsOf(values(5, 10));
        }

        @Test
        void mayHearOfACommitTwice() throws Exception {
            deliver(values(0, 5));
            var committed = commitAll(Map.of());
            try (var source = open()) {
                source.begin(committed);
                source.committed(committed);
                source.committed(committed);
            }
            deliver(values(5, 5));
            assertThat(drain(committed).values()).containsExactlyInAnyOrderElementsOf(values(5, 5));
        }
    }

    private static List<String> joined(List<String> left, List<String> right) {
        var all = new ArrayList<>(left);
        all.addAll(right);
        all.sort(Comparator.naturalOrder());
        return all;
    }
}
