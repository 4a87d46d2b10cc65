package dev.tandem.parity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The numbers that differ between two modes, the worst first. There may be as many as there are rows, so beyond some thousands
 * they wait in files and are read one after the other as often as they are asked for.
 */
public final class Differences implements Iterable<Report.Difference>, AutoCloseable {
    private final List<DifferenceRun> runs;
    private final List<String> keys;

    private Differences(List<DifferenceRun> runs, List<String> keys) {
        this.runs = runs;
        this.keys = keys;
    }

    /** Some that are held in memory; equally bad ones stay in the order given. */
    public static Differences of(List<Report.Difference> differences) {
        var keys = new LinkedHashSet<String>();
        differences.forEach(it -> keys.addAll(it.key().keySet()));
        return new Differences(List.of(new DifferenceRun.Held(WorstFirst.of(differences))), List.copyOf(keys));
    }

    /** Gathers the differences that a comparison finds. One thread. */
    static final class Gathering {
        private final Path folder;
        private final int most;
        private final List<DifferenceRun> runs = new ArrayList<>();
        /** Of each view the difference that names its keys first. */
        private final Map<String, Report.Difference> first = new LinkedHashMap<>();

        private List<Report.Difference> held = new ArrayList<>();

        /** Holds {@code most} of them in memory, and those of one part more; the others go to files in {@code folder}. */
        Gathering(Path folder, int most) {
            this.folder = folder;
            this.most = most;
        }

        /** Adds those of a part of the rows. The two of a session that ends elsewhere in each mode are in one part. */
        void add(List<Report.Difference> ofPart) {
            for (var difference : ofPart) {
                first.merge(
                        difference.view(),
                        difference,
                        (one, other) -> WorstFirst.BY_AMOUNT.compare(one, other) <= 0 ? one : other);
            }
            held.addAll(ofPart);
            if (held.size() > most) {
                held.sort(WorstFirst.WHOLE_ORDER);
                runs.add(DifferenceRun.InFile.write(held, folder));
                held = new ArrayList<>();
            }
        }

        Differences done() {
            held.sort(WorstFirst.WHOLE_ORDER);
            runs.add(new DifferenceRun.Held(held));
            var keys = new LinkedHashSet<String>();
            first.values().stream()
                    .sorted(WorstFirst.BY_AMOUNT)
                    .forEach(it -> keys.addAll(it.key().keySet()));
            return new Differences(List.copyOf(runs), List.copyOf(keys));
        }
    }

    public long count() {
        return runs.stream().mapToLong(DifferenceRun::count).sum();
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /** The names of all key columns. */
    public Set<String> keys() {
        return new LinkedHashSet<>(keys);
    }

    public Stream<Report.Difference> stream() {
        return StreamSupport.stream(Spliterators.spliterator(iterator(), count(), 0), false);
    }

    @Override
    public Iterator<Report.Difference> iterator() {
        return runs.size() == 1 ? runs.get(0).iterator() : new Merged(runs);
    }

    /**
     * All of them in lists that can be held in memory, in no order from list to list; by how much in each. What belongs to one row key
     * and measure is in one list.
     */
    public Iterator<List<Report.Difference>> lists() {
        return runs.stream()
                .map(run -> {
                    var list = new ArrayList<Report.Difference>();
                    run.forEach(list::add);
                    list.sort(WorstFirst.BY_AMOUNT);
                    return (List<Report.Difference>) list;
                })
                .iterator();
    }

    /** Deletes the files; what was in them cannot be read any more. */
    @Override
    public void close() {
        runs.forEach(DifferenceRun::close);
    }

    /** Several sorted runs as one. */
    private static final class Merged implements Iterator<Report.Difference> {
        /** What a run gives next, and the run. */
        private record Head(Report.Difference difference, Iterator<Report.Difference> rest) {}

        private final PriorityQueue<Head> heads = new PriorityQueue<>(
                (left, right) -> WorstFirst.WHOLE_ORDER.compare(left.difference(), right.difference()));

        Merged(List<DifferenceRun> runs) {
            runs.forEach(run -> add(run.iterator()));
        }

        private void add(Iterator<Report.Difference> run) {
            if (run.hasNext()) {
                heads.add(new Head(run.next(), run));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Report.Difference next() {
            var head = heads.remove();
            add(head.rest());
            return head.difference();
        }
    }
}
