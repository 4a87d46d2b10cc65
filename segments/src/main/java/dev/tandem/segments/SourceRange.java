package dev.tandem.segments;

import java.io.Serializable;

/** The positions {@code from} (included) to {@code until} (not included) of one source partition. */
public record SourceRange(int partition, long from, long until) implements Serializable {
    public SourceRange {
        if (partition < 0 || from < 0 || until < from) {
            throw new IllegalArgumentException(
                    "Cannot use the positions %d to %d of partition %d as a source range: give a partition and positions of at least 0, the end not before the start"
                            .formatted(from, until, partition));
        }
    }

    boolean contains(int otherPartition, long position) {
        return otherPartition == partition && position >= from && position < until;
    }
}
