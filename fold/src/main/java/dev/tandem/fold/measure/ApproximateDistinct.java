package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Instants;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * The number of different values with a standard error of 1.6 %, in 4 kB however many there are (HyperLogLog). It uses the
 * composite estimate, not the more precise one that a sketch has before it is merged: only the former is independent of order and
 * of the division into micro-batches.
 */
final class ApproximateDistinct extends Accumulator {
    private static final long serialVersionUID = 1L;
    private static final int LOG_REGISTERS = 12;

    private transient HllSketch sketch = new HllSketch(LOG_REGISTERS, TgtHllType.HLL_8);

    @Override
    void addPresent(Object value, long eventMicros, Coordinates at) {
        if (value instanceof BigDecimal decimal) {
            sketch.update("d" + decimal.stripTrailingZeros().toPlainString());
        } else if (value instanceof Instant instant) {
            sketch.update(Instants.micros(instant));
        } else if (value instanceof Double floating) {
            sketch.update(floating);
        } else if (value instanceof Number number) {
            sketch.update(number.longValue());
        } else {
            // A sketch takes an empty text for nothing.
            sketch.update("s" + value);
        }
    }

    @Override
    void mergeSame(Accumulator other) {
        merge(((ApproximateDistinct) other).sketch);
    }

    @Override
    public void write(BlockWriter out) {
        out.writeBytes(sketch.toCompactByteArray());
    }

    @Override
    public void mergePacked(BlockReader in) {
        merge(HllSketch.heapify(Memory.wrap(in.readBytes())));
    }

    private void merge(HllSketch other) {
        var union = new Union(LOG_REGISTERS);
        union.update(sketch);
        union.update(other);
        sketch = union.getResult(TgtHllType.HLL_8);
    }

    @Override
    public Object value() {
        return Math.round(sketch.getCompositeEstimate());
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(sketch.toCompactByteArray());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        sketch = HllSketch.heapify(Memory.wrap((byte[]) in.readObject()));
    }
}
