package dev.tandem.testkit.contract;

import dev.tandem.testkit.contract.SourceContract.Item;
import dev.tandem.testkit.contract.SourceContract.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The smallest source that keeps the contract: a list of values for each of two partitions. */
class MemorySource implements SourceContract.Opened {
    /** The most records of a micro-batch and a partition. */
    private static final long MOST = 3;

    private final List<List<String>> partitions;

    MemorySource(List<List<String>> partitions) {
        this.partitions = partitions;
    }

    static List<List<String>> empty() {
        return List.of(new ArrayList<>(), new ArrayList<>());
    }

    static void deliver(List<List<String>> partitions, List<String> values) {
        for (int index = 0; index < values.size(); index++) {
            partitions.get(index % partitions.size()).add(values.get(index));
        }
    }

    @Override
    public Map<Integer, Long> begin(Map<Integer, Long> committed) {
        var positions = new TreeMap<>(committed);
        for (int partition = 0; partition < partitions.size(); partition++) {
            positions.putIfAbsent(partition, 0L);
        }
        return positions;
    }

    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        var end = new TreeMap<>(from);
        end.replaceAll((partition, start) ->
                Math.min(start + MOST, partitions.get(partition).size()));
        return end;
    }

    @Override
    public List<Item> read(Stretch stretch, int tasks) {
        var items = new ArrayList<Item>();
        stretch.until().forEach((partition, until) -> {
            for (long at = stretch.from().getOrDefault(partition, 0L); at < until; at++) {
                items.add(item(partition, at));
            }
        });
        return items;
    }

    Item item(int partition, long position) {
        return new Item(partition, position, partitions.get(partition).get(Math.toIntExact(position)));
    }

    @Override
    public void committed(Map<Integer, Long> positions) {
        // Nothing waits for it.
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
