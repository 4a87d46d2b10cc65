package dev.tandem.parity.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The worst of the rows that it is given, of which it keeps a few. */
public final class WorstRows {
    /** A row and when it was given, so that equally bad ones stay in the order of the tables. */
    private record Given(Candidate row, long number) {}

    private static final Comparator<Given> WORST_FIRST =
            Comparator.comparing(Given::row, Candidate.WORST_FIRST).thenComparingLong(Given::number);

    private final int most;
    private final PriorityQueue<Given> kept = new PriorityQueue<>(WORST_FIRST.reversed());
    private long given;
    private long differing;

    /** Keeps {@code most} rows. */
    public WorstRows(int most) {
        this.most = most;
    }

    public void add(Candidate row) {
        kept.add(new Given(row, given++));
        if (row.differs()) {
            differing++;
        }
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** How many of the rows differ. */
    public long differing() {
        return differing;
    }

    /** How many rows were given. */
    public long rows() {
        return given;
    }

    /** The worst first. */
    public List<Candidate> worst() {
        var sorted = new ArrayList<>(kept);
        sorted.sort(WORST_FIRST);
        return sorted.stream().map(Given::row).toList();
    }
}
