package dev.tandem.diff.report;

import java.time.Duration;

/**
 * What became of the differing rows when they were read once more.
 *
 * @param after how long after the first reading
 * @param stable rows that differ by the same values as before
 * @param settled rows that are equal now
 * @param moving rows that still differ, but by other values
 */
public record Again(Duration after, long stable, long settled, long moving) {
    public String sentence() {
        return "%,d of them differ in the same way after %d s; %,d are equal by then, and %,d still change."
                .formatted(stable, after.toSeconds(), settled, moving);
    }
}
