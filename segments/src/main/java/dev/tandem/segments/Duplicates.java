package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The positions of the duplicates of one micro-batch, sorted, for each partition; 8 bytes each. */
final class Duplicates {
    static final Duplicates NONE = new Duplicates(Map.of());

    private static final int FIRST = 64;

    private final Map<Integer, long[]> positions;

    private Duplicates(Map<Integer, long[]> positions) {
        this.positions = positions;
    }

    static Duplicates of(OpenPlace place, List<NamedFile> fates) {
        var grown = new HashMap<Integer, Growing>();
        for (var file : fates) {
            try (var reader = new FateReader(place, file)) {
                while (reader.next()) {
                    if (reader.isDuplicate()) {
                        grown.computeIfAbsent(reader.partition(), partition -> new Growing())
                                .add(reader.position());
                    }
                }
            }
        }
        var sorted = new HashMap<Integer, long[]>();
        grown.forEach((partition, positions) -> sorted.put(partition, positions.sorted()));
        return new Duplicates(sorted);
    }

    boolean contains(int partition, long position) {
        var those = positions.get(partition);
        return those != null && Arrays.binarySearch(those, position) >= 0;
    }

    private static final class Growing {
        private long[] positions = new long[FIRST];
        private int size;

        void add(long position) {
            if (size == positions.length) {
                positions = Arrays.copyOf(positions, size * 2);
            }
            positions[size++] = position;
        }

        long[] sorted() {
            var exact = Arrays.copyOf(positions, size);
            Arrays.sort(exact);
            return exact;
        }
    }
}
