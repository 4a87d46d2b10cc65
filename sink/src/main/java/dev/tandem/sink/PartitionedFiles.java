package dev.tandem.sink;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sorts tuples into a file for each partition. A micro-batch is sorted in memory and written file by file. Where there is more
 * than its {@link Limits} allow, the fullest partitions are written on and kept open, so that
 * neither a thousand partitions nor ten million rows need more memory than these; the one used longest ago is then closed, and its
 * partition gets another file. Partitions are written on by several threads while the next tuples are taken.
 */
final class PartitionedFiles {
    /**
     * How much is held at once.
     *
     * @param waiting bytes of tuples, roughly
     * @param open files that are written on, each with a row group in memory
     */
    record Limits(long waiting, int open) {
        static final Limits OF_THE_DRIVER = new Limits(48L << 20, 64);
        /** A process runs several tasks. */
        static final Limits OF_A_TASK = new Limits(24L << 20, 32);
    }

    /**
     * Where the files are made, and the name of their set.
     *
     * @param attempt stands before the names in the staging folder
     * @param task stands before the numbers in the names in the lake
     */
    record Place(Path staging, String set, String attempt, String task) {
        /** Where one writer makes the whole set. */
        static Place whole(Path staging, String set) {
            return new Place(staging, set, "", "");
        }

        static Place ofTask(Path staging, String set, int task, long attempt) {
            return new Place(staging, set, "task-%d-%d-".formatted(task, attempt), "%05d-".formatted(task));
        }

        Path staged(int index) {
            return staging.resolve(attempt + index + StagedFile.SUFFIX);
        }

        String path(String folder, int nth) {
            return "%spart-%s-%s%d.parquet".formatted(folder, set, task, nth);
        }
    }

    private record Open(int index, String path, StagedFile bytes, ParquetFile rows) {}

    private final Place place;
    private final Partitioning partitioning;
    private final ParquetFile.Layout layout;
    private final Limits limits;
    private final Map<String, List<Tuple>> waiting = new TreeMap<>();
    private final Map<String, Long> weights = new HashMap<>();
    private final Map<String, Open> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> next = new HashMap<>();
    private final TreeMap<Integer, Manifest.File> finished = new TreeMap<>();
    private final List<Future<?>> writing = new ArrayList<>();
    private @Nullable ExecutorService writers;
    private long weight;
    private int begun;

    PartitionedFiles(Place place, Partitioning partitioning, ParquetFile.Layout layout, Limits limits) {
        this.place = place;
        this.partitioning = partitioning;
        this.layout = layout;
        this.limits = limits;
    }

    void add(Tuple tuple) throws IOException {
        var folder = partitioning.folder(tuple);
        waiting.computeIfAbsent(folder, it -> new ArrayList<>()).add(tuple);
        long more = weight(tuple.values());
        weights.merge(folder, more, Long::sum);
        weight += more;
        if (weight > limits.waiting()) {
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
        await();
        while (open.size() > limits.open()) {
            finish(open.keySet().iterator().next());
        }
        var fullest = weights.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .limit(limits.open())
                .toList();
        for (var folder : fullest) {
            if (weight <= limits.waiting() / 2) {
                return;
            }
            writeOn(folder);
        }
    }

    /** Begins to write what waits for the folder; one at a time for each. */
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
        var rows = file.rows();
        writing.add(writers().submit(() -> {
            for (var tuple : tuples) {
                rows.write(partitioning.valuesInFile(tuple));
            }
            return rows;
        }));
    }

    private ExecutorService writers() {
        var running = writers;
        if (running == null) {
            running = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), work -> {
                var thread = new Thread(work, "tandem-lake");
                thread.setDaemon(true);
                return thread;
            });
            writers = running;
        }
        return running;
    }

    /** Waits until everything that was begun is written; throws what a writer threw. */
    private void await() throws IOException {
        try {
            for (var its : writing) {
                its.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while files were written");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } finally {
            writing.clear();
        }
    }

    /** {@code tuple} is one of the folder's: all of them have the same columns in the file. */
    private Open begin(String folder, Tuple tuple) throws IOException {
        int index = begun++;
        int nth = next.merge(folder, 1, Integer::sum) - 1;
        var bytes = new StagedFile(place.staged(index));
        return new Open(
                index,
                place.path(folder, nth),
                bytes,
                new ParquetFile(bytes, layout.withColumns(partitioning.columnsInFile(tuple))));
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
        if (writers == null) {
            writeAllHere();
        } else {
            await();
            for (var folder : List.copyOf(waiting.keySet())) {
                writeOn(folder);
                if (open.size() > limits.open()) {
                    await();
                    finish(open.keySet().iterator().next());
                }
            }
            await();
        }
        for (var folder : List.copyOf(open.keySet())) {
            finish(folder);
        }
        return List.copyOf(finished.values());
    }

    /** A micro-batch's few rows are not worth a thread, nor more than one open file. */
    private void writeAllHere() throws IOException {
        for (var entry : waiting.entrySet()) {
            var file = begin(entry.getKey(), entry.getValue().get(0));
            open.put(entry.getKey(), file);
            for (var tuple : entry.getValue()) {
                file.rows().write(partitioning.valuesInFile(tuple));
            }
            finish(entry.getKey());
        }
        waiting.clear();
    }

    /** Lets go of files that will not be finished, and of the threads. */
    void abandon() {
        if (writers != null) {
            writers.shutdownNow();
            // A file must not be closed under the hands of who writes it.
            awaitEnd(writers);
        }
        open.values().forEach(it -> it.rows().abandon());
        open.clear();
    }

    private static void awaitEnd(ExecutorService ending) {
        try {
            if (!ending.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a file of a lake is still being written after a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
