package dev.tandem.fold;

import java.io.Serializable;

/** Where a record stands in its log: for Kafka the partition and offset. Written {@code 0-4211}. */
public record Coordinates(int partition, long position) implements Comparable<Coordinates>, Serializable {
    @Override
    public int compareTo(Coordinates other) {
        int byPartition = Integer.compare(partition, other.partition);
        return byPartition != 0 ? byPartition : Long.compare(position, other.position);
    }

    @Override
    public String toString() {
        return partition + "-" + position;
    }
}
