package dev.tandem.feed.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The trade ids of one product that were seen, as ranges: what lies between two ranges is missing. Grows with the gaps, not with the trades. */
final class TradeIds {

    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Whether the id is new. */
    boolean add(long id) {
        var below = ranges.floorEntry(id);
        if (below != null && below.getValue() >= id) {
            return false;
        }
        var from = id;
        var to = id;
        if (below != null && below.getValue() == id - 1) {
            from = below.getKey();
        }
        var above = ranges.get(id + 1);
        if (above != null) {
            ranges.remove(id + 1);
            to = above;
        }
        ranges.put(from, to);
        return true;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The highest id seen; there must be one. */
    long highest() {
        return ranges.lastEntry().getValue();
    }

    /** What is missing below the highest id, and up to an id that is known to exist. */
    List<MissingTrades> missing(long promised) {
        var missing = new ArrayList<MissingTrades>();
        Map.Entry<Long, Long> before = null;
        for (var range : ranges.entrySet()) {
            if (before != null) {
                missing.add(new MissingTrades(before.getValue() + 1, range.getKey() - 1));
            }
            before = range;
        }
        if (before != null && before.getValue() < promised) {
            missing.add(new MissingTrades(before.getValue() + 1, promised));
        }
        return missing;
    }
}
