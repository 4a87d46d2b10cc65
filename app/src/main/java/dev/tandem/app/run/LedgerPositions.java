package dev.tandem.app.run;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.store.LedgerReader.MicroBatch;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which micro-batch read which position, so that single records are found in the landed log without reading it all. */
final class LedgerPositions {
    private record Range(long until, long microBatch) {}

    private final Map<Integer, TreeMap<Long, Range>> byPartition = new HashMap<>();

    LedgerPositions(List<MicroBatch> committed) {
        for (var microBatch : committed) {
            microBatch
                    .ranges()
                    .forEach((partition, range) -> byPartition
                            .computeIfAbsent(partition, it -> new TreeMap<>())
                            .put(range.from(), new Range(range.until(), microBatch.number())));
        }
    }

    /** The micro-batch that read the record at {@code at}, if one has been committed that did. */
    Optional<Long> microBatch(Coordinates at) {
        var range = byPartition.getOrDefault(at.partition(), new TreeMap<>()).floorEntry(at.position());
        return Optional.ofNullable(range)
                .map(Map.Entry::getValue)
                .filter(it -> at.position() < it.until())
                .map(Range::microBatch);
    }

    /** For each partition, the first position that was read and the one after the last. */
    Map<Integer, String> told() {
        var told = new TreeMap<Integer, String>();
        byPartition.forEach((partition, ranges) -> told.put(
                partition,
                "%d to %d"
                        .formatted(
                                ranges.firstKey(), ranges.lastEntry().getValue().until() - 1)));
        return told;
    }

    /** The landed records at these places, with their bytes; those that are not there are left out. */
    Map<Coordinates, Landed> read(LandedLog log, Collection<Coordinates> places) {
        var byMicroBatch = new TreeMap<Long, Set<Coordinates>>();
        places.forEach(at -> microBatch(at)
                .ifPresent(number -> byMicroBatch
                        .computeIfAbsent(number, key -> new HashSet<>())
                        .add(at)));
        var found = new HashMap<Coordinates, Landed>();
        byMicroBatch.forEach((number, wanted) -> {
            try (var records = log.read(new Slice(number, number))) {
                while (!wanted.isEmpty() && records.hasNext()) {
                    var record = records.next();
                    if (wanted.remove(record.at())) {
                        found.put(record.at(), record);
                    }
                }
            }
        });
        return found;
    }
}
