package dev.tandem.app.run;

import dev.tandem.engine.source.StreamSource;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.testkit.contract.SourceContract.Item;
import dev.tandem.testkit.contract.SourceContract.Opened;
import dev.tandem.testkit.contract.SourceContract.Stretch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source as the contract sees it. */
record OpenedSource(StreamSource source) implements Opened {
    @Override
    public Map<Integer, Long> begin(Map<Integer, Long> committed) {
        return new TreeMap<>(source.begin(source.resume(committed)));
    }

    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        return new TreeMap<>(source.end(from));
    }

    @Override
    public List<Item> read(Stretch stretch, int tasks) {
        var ranges = new TreeMap<Integer, Range>();
        stretch.until().forEach((partition, until) -> {
            long from = stretch.from().getOrDefault(partition, 0L);
            if (from < until) {
                ranges.put(partition, new Range(from, until));
            }
        });
        var items = new ArrayList<Item>();
        for (var range : source.divide(ranges, tasks)) {
            try (var cursor = range.read()) {
                while (cursor.next()) {
                    var value = new String(cursor.value(), StandardCharsets.UTF_8);
                    items.add(new Item(cursor.partition(), cursor.position(), value));
                }
            }
        }
        return items;
    }

    @Override
    public void committed(Map<Integer, Long> positions) {
        source.committed(positions);
    }

    @Override
    public void close() {
        source.close();
    }
}
