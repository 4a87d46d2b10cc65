package dev.tandem.fold.measure;

import dev.tandem.model.Dedup;
import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The smallest different values, in order, as the text of a JSON array; null for none. Where values are only added it remembers so many
 * and no more; where they can be taken back, every one with how often it came.
 */
final class CollectedValues extends CountedValues<TreeMap<Object, Long>> {
    private static final long serialVersionUID = 1L;

    private final int most;
    private final Dedup.Keep keep;

    CollectedValues(int most, Dedup.Keep keep) {
        super(new TreeMap<>(ValueOrder.ASCENDING));
        this.most = most;
        this.keep = keep;
    }

    @Override
    void count(Object value, long times) {
        super.count(value, times);
        if (keep == Dedup.Keep.FIRST && counts.size() > most) {
            counts.pollLastEntry();
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
