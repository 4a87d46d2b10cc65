package dev.tandem.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorts tuples into a file for each partition. A micro-batch is sorted in memory and written file by file. Where there is more
 * than {@link #WAITING_BYTES}, the fullest partitions are written on and kept open, at most {@link #OPEN_FILES} of them, so that
 * neither a thousand partitions nor ten million rows need more memory than these; the one used longest ago is then closed, and its
 * partition gets another file.
 */
final class PartitionedFiles {
    private static final long WAITING_BYTES = 48L << 20;
    private static final int OPEN_FILES = 64;

    /** Where the files are made, and the name of their set. */
    record Place(Path staging, String set) {
        Path staged(int index) {
            return staging.resolve(index + StagedFile.SUFFIX);
        }
    }

    private record Open(int index, String path, StagedFile bytes, ParquetFile rows) {}

    private final Place place;
    private final Partitioning partitioning;
    private final ParquetFile.Layout layout;
    private final Map<String, List<Tuple>> waiting = new TreeMap<>();
    private final Map<String, Long> weights = new HashMap<>();
    private final Map<String, Open> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> next = new HashMap<>();
    private final TreeMap<Integer, Manifest.File> finished = new TreeMap<>();
    private long weight;
    private int begun;

    PartitionedFiles(Place place, Partitioning partitioning, ParquetFile.Layout layout) {
        this.place = place;
        this.partitioning = partitioning;
        this.layout = layout;
    }

    void add(Tuple tuple) throws IOException {
        var folder = partitioning.folder(tuple);
        waiting.computeIfAbsent(folder, it -> new ArrayList<>()).add(tuple);
        long more = weight(tuple.values());
        weights.merge(folder, more, Long::sum);
        weight += more;
        if (weight > WAITING_BYTES) {
            writeTheFullest();
        }
    }

    /** Roughly the bytes that values take in memory. */
    private static long weight(List<? extends @Nullable Object> values) {
        long weight = 64;
        for (var value : values) {
            if (value instanceof String text) {
                weight += 48 + text.length();
            } else {
                weight += value instanceof List<?> list ? weight(list) : 24;
            }
        }
        return weight;
    }

    private void writeTheFullest() throws IOException {
        var fullest = weights.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        for (var folder : fullest) {
            if (weight <= WAITING_BYTES / 2) {
                return;
            }
            writeOn(folder);
            if (open.size() > OPEN_FILES) {
                finish(open.keySet().iterator().next());
            }
        }
    }

    private void writeOn(String folder) throws IOException {
        var tuples = waiting.remove(folder);
        if (tuples == null) {
            return;
        }
        var file = open.get(folder);
        if (file == null) {
            file = begin(folder, tuples.get(0));
            open.put(folder, file);
        }
        weight -= weights.getOrDefault(folder, 0L);
        weights.remove(folder);
        for (var tuple : tuples) {
            file.rows().write(partitioning.valuesInFile(tuple));
        }
    }

    /** {@code tuple} is one of the folder's: all of them have the same columns in the file. */
    private Open begin(String folder, Tuple tuple) throws IOException {
        int index = begun++;
        int nth = next.merge(folder, 1, Integer::sum) - 1;
        var bytes = new StagedFile(place.staged(index));
        var path = "%spart-%s-%d.parquet".formatted(folder, place.set(), nth);
        return new Open(
                index, path, bytes, new ParquetFile(bytes, layout.withColumns(partitioning.columnsInFile(tuple))));
    }

    private void finish(String folder) throws IOException {
        var file = open.get(folder);
        if (file == null) {
            return;
        }
        file.rows().finish();
        open.remove(folder);
        finished.put(
                file.index(),
                new Manifest.File(
                        file.path(),
                        file.rows().rows(),
                        file.bytes().bytes(),
                        file.bytes().sha256Text()));
    }

    /** Writes what waits and closes all; the nth of the result is {@code place.staged(n)}. */
    List<Manifest.File> finish() throws IOException {
        for (var folder : List.copyOf(waiting.keySet())) {
            writeOn(folder);
            finish(folder);
        }
        for (var folder : List.copyOf(open.keySet())) {
            finish(folder);
        }
        return List.copyOf(finished.values());
    }

    /** Lets go of files that will not be finished. */
    void abandon() {
        open.values().forEach(it -> it.rows().abandon());
        open.clear();
    }
}
