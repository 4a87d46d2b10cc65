package dev.tandem.engine.batch;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The records of one slice of the log that outputs need. The parts by dedup key send them; here they are sorted by partition and
 * position. A block begins with a byte that says whether its records are quarantined; where they are not, a byte with its
 * destinations stands before each record.
 */
final class WantedRecords {
    private static final int CHUNK = 1 << 20;

    /** A record in an array: its key in the order of the log, and where it is. */
    @SuppressWarnings("ArrayRecordComponent") // held for one slice of the log and never compared
    private record Place(int partition, long position, byte[] bytes, int from, int end) {}

    private final Map<Integer, List<Place>> byKind = new TreeMap<>();
    private int size;

    static byte[] block(byte[] bytes, int from, int end, boolean quarantined) {
        var out = new BlockWriter(1 + end - from);
        out.writeBoolean(quarantined);
        out.writeRaw(bytes, from, end - from);
        return out.toByteArray();
    }

    /** Adds what {@link #block} made. */
    void take(byte[] block) {
        var in = new BlockReader(block);
        boolean quarantined = in.readBoolean();
        while (in.hasMore()) {
            in.skip(quarantined ? 0 : 1);
            int start = in.position();
            int end = start + Integer.BYTES + in.readInt();
            var place = new Place(in.readInt(), in.readLong(), block, start, end);
            int of = quarantined ? ChunkKind.QUARANTINED : kind(PackedRecords.flagsOf(block, start));
            byKind.computeIfAbsent(of, kind -> new ArrayList<>()).add(place);
            size++;
            in.seek(end);
        }
    }

    private static int kind(int flags) {
        return (flags & PackedRecords.EXIT) == 0 ? ChunkKind.EVENTS : ChunkKind.SIDE_OUTPUTS;
    }

    int size() {
        return size;
    }

    /** The records, packed, in chunks of about a megabyte, made while they are asked for. */
    Iterator<Chunk> chunks() {
        return byKind.entrySet().stream()
                .flatMap(it -> {
                    it.getValue().sort(Comparator.comparingInt(Place::partition).thenComparingLong(Place::position));
                    return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(
                                    new Chunks(it.getKey(), it.getValue().iterator()), Spliterator.ORDERED),
                            false);
                })
                .iterator();
    }

    private record Chunks(int of, Iterator<Place> places) implements Iterator<Chunk> {
        @Override
        public boolean hasNext() {
            return places.hasNext();
        }

        @Override
        public Chunk next() {
            var out = new BlockWriter(CHUNK);
            do {
                var place = places.next();
                out.writeRaw(place.bytes(), place.from(), place.end() - place.from());
            } while (places.hasNext() && out.size() < CHUNK);
            return new Chunk(of, out.toByteArray());
        }
    }
}
