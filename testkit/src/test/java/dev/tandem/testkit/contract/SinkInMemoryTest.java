package dev.tandem.testkit.contract;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** The smallest sink that keeps the contract: a map from numbers to rows. */
class SinkInMemoryTest extends SinkContract {
    private final TreeMap<Long, List<Item>> stored = new TreeMap<>();

    @Override
    protected Opened open() {
        return new Opened() {
            @Override
            public void write(long number, Iterator<Item> items) {
                var whole = new ArrayList<Item>();
                items.forEachRemaining(whole::add);
                stored.put(number, whole);
            }

            @Override
            public void close() {
                // Nothing is held back.
            }
        };
    }

    @Override
    protected List<Item> read() {
        return stored.values().stream().flatMap(List::stream).toList();
    }
}
