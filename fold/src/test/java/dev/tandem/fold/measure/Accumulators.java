package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure.Kind;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The value of a measure over some values: added to one accumulator, or to several that are merged. */
final class Accumulators {
    static final FieldType MONEY = new FieldType.Decimal(12, 2);

    private Accumulators() {}

    static @Nullable Object value(Kind kind, FieldType type, List<? extends @Nullable Object> values) {
        var accumulator = Accumulator.of(kind, type);
        addAll(values, 0, accumulator);
        return accumulator.value();
    }

    static @Nullable Object merged(Kind kind, FieldType type, List<@Nullable Object> values, long seed) {
        var random = new SplittableRandom(seed);
        var whole = Accumulator.of(kind, type);
        for (int from = 0; from < values.size(); ) {
            int until = Math.min(values.size(), from + random.nextInt(7));
            var part = Accumulator.of(kind, type);
            addAll(values.subList(from, until), 0, part);
            whole.merge(part);
            from = until;
        }
        return whole.value();
    }

    /** Each at a moment that its value gives: equal moments hold equal values, so any order of them is the same. */
    static void addAll(List<? extends @Nullable Object> values, long from, Accumulator into) {
        for (var value : values) {
            long moment = value == null ? 0 : value.hashCode();
            into.add(value, from + moment, new Coordinates(0, moment));
        }
    }
}
