package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Dedup;
import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The smallest different values, in order, as the text of a JSON array; null for none. Where values are only added it remembers so many
 * and no more; where they can be taken back, every one with how often it came.
 */
final class CollectedValues extends Accumulator {
    private static final long serialVersionUID = 1L;

    private final int most;
    private final Dedup.Keep keep;
    private final TreeMap<Object, Long> counts = new TreeMap<>(ValueOrder.ASCENDING);

    CollectedValues(int most, Dedup.Keep keep) {
        this.most = most;
        this.keep = keep;
    }

    @Override
    void addPresent(Object value, long eventMicros, Coordinates at) {
        take(value, 1);
    }

    @Override
    void removePresent(Object value, long eventMicros, Coordinates at) {
        take(value, -1);
    }

    private void take(Object value, long times) {
        if (counts.merge(value, times, Long::sum) == 0) {
            counts.remove(value);
        }
        if (keep == Dedup.Keep.FIRST && counts.size() > most) {
            counts.pollLastEntry();
        }
    }

    @Override
    void mergeSame(Accumulator other) {
        ((CollectedValues) other).counts.forEach(this::take);
    }

    @Override
    public void write(BlockWriter out) {
        out.writeInt(counts.size());
        counts.forEach((value, times) -> {
            out.value(value);
            out.writeLong(times);
        });
    }

    @Override
    public void mergePacked(BlockReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            take(Objects.requireNonNull(in.value()), in.readLong());
        }
    }

    @Override
    public @Nullable Object value() {
        return counts.isEmpty()
                ? null
                : counts.keySet().stream()
                        .limit(most)
                        .map(CollectedValues::json)
                        .collect(Collectors.joining(",", "[", "]"));
    }

    private static String json(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        boolean finite = !(value instanceof Double number) || Double.isFinite(number);
        return finite && (value instanceof Number || value instanceof Boolean)
                ? value.toString()
                : '"' + escaped(value.toString()) + '"';
    }

    private static String escaped(String text) {
        var out = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter == '"' || letter == '\\') {
                out.append('\\').append(letter);
            } else if (letter < ' ') {
                out.append("\\u%04x".formatted((int) letter));
            } else {
                out.append(letter);
            }
        }
        return out.toString();
    }
}
