package dev.tandem.fold.stream;

import java.io.Serializable;

/**
 * Which records of a micro-batch the driver needs one by one.
 *
 * @param landed those that are kept in the landing table
 * @param events those that passed every step, for outputs of events
 * @param branches those that a split led into a side output, for outputs of branches
 * @param everyFate every quarantined, duplicate and late record; otherwise a sample of {@link #SAMPLES} for each partition of keys
 */
public record StreamDetail(boolean landed, boolean events, boolean branches, boolean everyFate)
        implements Serializable {
    /** Everything goes through the driver. */
    public static final StreamDetail ALL = new StreamDetail(true, true, true, true);

    static final int SAMPLES = 100;

    int destinations() {
        return (landed ? KeyReport.LANDED : 0) | (events ? KeyReport.EVENT : 0) | (branches ? KeyReport.BRANCH : 0);
    }
}
