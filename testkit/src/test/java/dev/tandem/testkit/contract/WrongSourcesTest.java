package dev.tandem.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sources with one mistake each; the contract must find every one. */
class WrongSourcesTest {
    /** A source over lists, which a mistake makes wrong. */
    abstract static class Wrong extends SourceContract {
        final List<List<String>> partitions = MemorySource.empty();

        @Override
        protected void deliver(List<String> values) {
            MemorySource.deliver(partitions, values);
        }
    }

    /** Numbers records in the order of a listing, so that a new one moves those behind it. */
    static class Renumbering extends Wrong {
        @Override
        protected Opened open() {
            return new MemorySource(partitions.stream()
                    .map(values -> values.stream().sorted().toList())
                    .toList()) {
                @Override
                public Map<Integer, Long> end(Map<Integer, Long> from) {
                    return new MemorySource(partitions).end(from);
                }
            };
        }
    }

    /** Begins at the end of the log, as a consumer without an offset does by default. */
    static class FromLatest extends Wrong {
        @Override
        protected Opened open() {
            return new MemorySource(partitions) {
                @Override
                public Map<Integer, Long> begin(Map<Integer, Long> committed) {
                    return committed.isEmpty()
                            ? Map.of(0, (long) partitions.get(0).size(), 1, (long)
                                    partitions.get(1).size())
                            : super.begin(committed);
                }
            };
        }
    }

    /** Hands out each record once, as a queue does. */
    static class Consuming extends Wrong {
        private final List<Item> taken = new ArrayList<>();

        @Override
        protected Opened open() {
            return new MemorySource(partitions) {
                @Override
                public List<Item> read(Stretch stretch, int tasks) {
                    var items = new ArrayList<>(super.read(stretch, tasks));
                    items.removeAll(taken);
                    taken.addAll(items);
                    return items;
                }
            };
        }
    }

    /** Lets the tasks' shares overlap by a record. */
    static class Overlapping extends Wrong {
        @Override
        protected Opened open() {
            return new MemorySource(partitions) {
                @Override
                public List<Item> read(Stretch stretch, int tasks) {
                    var items = new ArrayList<>(super.read(stretch, tasks));
                    if (tasks > 1 && !items.isEmpty()) {
                        items.add(items.get(0));
                    }
                    return items;
                }
            };
        }
    }

    /** Trusts what it was told before more than the ledger, which may lack the last commit. */
    static class OwnOffsets extends Wrong {
        private Map<Integer, Long> last = Map.of();

        @Override
        protected Opened open() {
            return new MemorySource(partitions) {
                @Override
                public Map<Integer, Long> begin(Map<Integer, Long> committed) {
                    return super.begin(last.isEmpty() ? committed : last);
                }

                @Override
                public Map<Integer, Long> end(Map<Integer, Long> from) {
                    last = super.end(from);
                    return last;
                }
            };
        }
    }

    @Test
    void oneThatRenumbersIsCaught() {
        ContractRun.catches(Renumbering.class);
    }

    @Test
    void oneThatBeginsAtTheEndIsCaught() {
        ContractRun.catches(FromLatest.class);
    }

    @Test
    void oneThatHandsOutRecordsOnceIsCaught() {
        ContractRun.catches(Consuming.class);
    }

    @Test
    void oneWhoseSharesOverlapIsCaught() {
        ContractRun.catches(Overlapping.class);
    }

    @Test
    void oneThatKeepsOffsetsOfItsOwnIsCaught() {
        ContractRun.catches(OwnOffsets.class);
    }
}
