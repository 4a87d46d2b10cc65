package dev.tandem.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The dedup keys that a stream remembers, each until the watermark is the horizon past its event time. Keys are kept by the
 * second in which they may be forgotten, so forgetting costs nothing for those that stay.
 */
final class SeenKeys {
    private static final long SECOND = 1_000_000L;

    private final long horizonMicros;
    private final Map<Identity, Coordinates> first = new HashMap<>();
    private final TreeMap<Long, List<Identity>> bySecond = new TreeMap<>();

    SeenKeys(long horizonMicros) {
        this.horizonMicros = horizonMicros;
    }

    /** Where the record's key was seen first, if it is remembered; if not, it is remembered from now on. */
    Optional<Coordinates> firstOf(Prepared record) {
        if (record.identity().isEmpty()) {
            return Optional.empty();
        }
        var identity = record.identity().get();
        var before = first.putIfAbsent(identity, record.at());
        if (before == null) {
            bySecond.computeIfAbsent(forgottenIn(record.eventMicros()), key -> new ArrayList<>())
                    .add(identity);
        }
        return Optional.ofNullable(before);
    }

    /** Forgets every key whose event time is more than the horizon before {@code watermark}. */
    void forgetBefore(long watermark) {
        var forgotten = bySecond.headMap(Math.floorDiv(watermark, SECOND), false);
        forgotten.values().forEach(keys -> keys.forEach(first::remove));
        forgotten.clear();
    }

    int size() {
        return first.size();
    }

    private long forgottenIn(long eventMicros) {
        return Math.floorDiv(eventMicros, SECOND) + Math.floorDiv(horizonMicros, SECOND) + 1;
    }
}
