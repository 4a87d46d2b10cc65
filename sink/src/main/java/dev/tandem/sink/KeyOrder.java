package dev.tandem.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view's rows by window and key, for outputs that show the view as a whole: two that say the same are the same, byte by byte. */
record KeyOrder(int keys) implements Comparator<Tuple> {
    /** Those of {@code tuples} that are there. */
    static List<Tuple> standing(Iterator<Tuple> tuples) {
        var rows = new ArrayList<Tuple>();
        tuples.forEachRemaining(it -> {
            if (it.state() != Tuple.State.GONE) {
                rows.add(it);
            }
        });
        return rows;
    }

    List<Tuple> sorted(Collection<Tuple> rows) {
        return rows.stream().sorted(this).toList();
    }

    @Override
    public int compare(Tuple one, Tuple other) {
        for (int index = 0; index < keys; index++) {
            int order = compareValues(one.values().get(index), other.values().get(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Null first; values of a column have one type, and a list goes by its text. */
    @SuppressWarnings("unchecked")
    private static int compareValues(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return one instanceof Comparable<?> && one.getClass() == other.getClass()
                ? ((Comparable<Object>) one).compareTo(other)
                : Comparator.<String>naturalOrder().compare(Texts.of(one), Texts.of(other));
    }
}
