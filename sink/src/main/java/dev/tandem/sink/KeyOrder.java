package dev.tandem.sink;

import dev.tandem.model.ValueOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

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
        return ValueOrder.ASCENDING.compare(
                one.values().subList(0, keys), other.values().subList(0, keys));
    }
}
