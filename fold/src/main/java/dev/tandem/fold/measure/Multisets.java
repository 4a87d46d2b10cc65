package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.ValueOrder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Measures that choose among values, for groups from which can be taken back: they remember each value with how often it came. */
final class Multisets {
    private Multisets() {}

    /** The smallest (sign -1) or largest (sign 1) value. */
    static final class Extreme extends CountedValues<TreeMap<Object, Long>> {
        private static final long serialVersionUID = 1L;
        private final int sign;

        Extreme(int sign) {
            super(new TreeMap<>(ValueOrder.ASCENDING));
            this.sign = sign;
        }

        @Override
        public @Nullable Object value() {
            if (counts.isEmpty()) {
                return null;
            }
            return sign < 0 ? counts.firstKey() : counts.lastKey();
        }
    }

    /** How many different values there are. */
    static final class Distinct extends CountedValues<HashMap<Object, Long>> {
        private static final long serialVersionUID = 1L;

        Distinct() {
            super(new HashMap<>());
        }

        @Override
        Object counted(Object value) {
            return Choices.plain(value);
        }

        @Override
        public Object value() {
            return (long) counts.size();
        }
    }

    /** The value of the earliest (sign -1) or latest (sign 1) record. */
    static final class Boundary extends Accumulator {
        private static final long serialVersionUID = 1L;

        private record Moment(long eventMicros, Coordinates at) implements Comparable<Moment>, Serializable {
            @Override
            public int compareTo(Moment other) {
                int byTime = Long.compare(eventMicros, other.eventMicros);
                return byTime != 0 ? byTime : at.compareTo(other.at);
            }
        }

        private final int sign;
        private final TreeMap<Moment, List<Object>> values = new TreeMap<>();

        Boundary(int sign) {
            this.sign = sign;
        }

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            values.computeIfAbsent(new Moment(eventMicros, at), key -> new ArrayList<>(1))
                    .add(value);
        }

        @Override
        void removePresent(Object value, long eventMicros, Coordinates at) {
            values.computeIfPresent(new Moment(eventMicros, at), (moment, its) -> {
                its.remove(value);
                return its.isEmpty() ? null : its;
            });
        }

        @Override
        void mergeSame(Accumulator other) {
            ((Boundary) other)
                    .values.forEach((moment, its) ->
                            its.forEach(value -> addPresent(value, moment.eventMicros(), moment.at())));
        }

        @Override
        public void write(BlockWriter out) {
            out.writeInt(values.size());
            values.forEach((moment, its) -> {
                out.writeLong(moment.eventMicros());
                out.writeInt(moment.at().partition());
                out.writeLong(moment.at().position());
                out.sizedValues(its);
            });
        }

        @Override
        public void mergePacked(BlockReader in) {
            for (int left = in.readInt(); left > 0; left--) {
                long micros = in.readLong();
                var at = new Coordinates(in.readInt(), in.readLong());
                in.sizedValues().forEach(value -> addPresent(Objects.requireNonNull(value), micros, at));
            }
        }

        @Override
        public @Nullable Object value() {
            if (values.isEmpty()) {
                return null;
            }
            var its = sign < 0
                    ? values.firstEntry().getValue()
                    : values.lastEntry().getValue();
            return sign < 0 ? its.get(0) : its.get(its.size() - 1);
        }
    }
}
