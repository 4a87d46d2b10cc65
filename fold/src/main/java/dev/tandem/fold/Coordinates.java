package dev.tandem.fold;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.io.Serializable;

/** The position of a record in its log: for Kafka its partition and offset. Written {@code 0-4211}. */
public record Coordinates(int partition, long position) implements Comparable<Coordinates>, Serializable {
    public void write(BlockWriter out) {
        out.writeInt(partition);
        out.writeLong(position);
    }

    public static Coordinates read(BlockReader in) {
        return new Coordinates(in.readInt(), in.readLong());
    }

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
