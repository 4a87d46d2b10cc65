package dev.tandem.fold;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a grouped view while it is being computed: its measures, how many records it counts, and its last written revision. */
public final class Group implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Accumulator> measures;
    private long events;
    private int revision;

    Group(List<Shape.Argument> arguments) {
        measures = new ArrayList<>(arguments.size());
        for (var argument : arguments) {
            measures.add(Accumulator.of(argument.kind(), argument.type()));
        }
    }

    void add(List<@Nullable Object> arguments) {
        events++;
        for (int index = 0; index < measures.size(); index++) {
            measures.get(index).add(arguments.get(index));
        }
    }

    void merge(Group other) {
        events += other.events;
        for (int index = 0; index < measures.size(); index++) {
            measures.get(index).merge(other.measures.get(index));
        }
    }

    public List<@Nullable Object> values() {
        var values = new ArrayList<@Nullable Object>(measures.size());
        for (var measure : measures) {
            values.add(measure.value());
        }
        return values;
    }

    public long events() {
        return events;
    }

    int nextRevision() {
        return ++revision;
    }

    void continueFrom(int written) {
        revision = written;
    }
}
