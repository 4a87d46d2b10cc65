package dev.tandem.fold;

import java.util.Map;
import java.util.TreeMap;

/** Counts the fates of records by the partition of their source. One thread. */
public final class FateTally {
    private final Map<Integer, Fates> fates = new TreeMap<>();
    private Fates current = Fates.NONE;
    private int partition;
    private int pending;

    /** Counts one record of {@code of}, which is what one record's fate is. */
    public void count(int ofPartition, Fates of) {
        if (pending > 0 && (ofPartition != partition || !of.equals(current))) {
            flush();
        }
        partition = ofPartition;
        current = of;
        pending++;
    }

    private void flush() {
        fates.merge(partition, current.times(pending), Fates::plus);
        pending = 0;
    }

    public Map<Integer, Fates> byPartition() {
        if (pending > 0) {
            flush();
        }
        return fates;
    }
}
