package dev.tandem.fold.group;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Shape;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.measure.Accumulator;
import dev.tandem.model.Dedup;
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
    private boolean written;

    public Group(List<Shape.Argument> arguments, Dedup.Keep keep) {
        measures = new ArrayList<>(arguments.size());
        for (var argument : arguments) {
            measures.add(Accumulator.of(argument, keep));
        }
    }

    public void add(List<@Nullable Object> arguments, long eventMicros, Coordinates at) {
        events++;
        for (int index = 0; index < measures.size(); index++) {
            measures.get(index).add(arguments.get(index), eventMicros, at);
        }
    }

    /** The same as {@link #add} for packed arguments, which it goes past. */
    public void addPacked(BlockReader arguments, long eventMicros, Coordinates at) {
        events++;
        for (int index = 0; index < measures.size(); index++) {
            measures.get(index).addPacked(arguments, eventMicros, at);
        }
    }

    /** Writes what was counted, without what was written of it. */
    public void write(BlockWriter out) {
        out.writeLong(events);
        for (var measure : measures) {
            measure.write(out);
        }
    }

    /** Takes in what {@link #write} of a group of the same view wrote. */
    public void mergePacked(BlockReader in) {
        events += in.readLong();
        for (var measure : measures) {
            measure.mergePacked(in);
        }
    }

    public void remove(List<@Nullable Object> arguments, long eventMicros, Coordinates at) {
        events--;
        for (int index = 0; index < measures.size(); index++) {
            measures.get(index).remove(arguments.get(index), eventMicros, at);
        }
    }

    public void merge(Group other) {
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

    public int nextRevision() {
        written = true;
        return ++revision;
    }

    public int revision() {
        return revision;
    }

    /** Whether the table has a row for it. */
    public boolean written() {
        return written;
    }

    /** Its row is none any more. */
    public void erased() {
        written = false;
        revision = 0;
    }

    /** Its row takes the place of others, the last of which had revision {@code revised}. */
    public void follow(int revised) {
        revision = Math.max(revision, revised);
        written = false;
    }

    public void continueFrom(int revised) {
        revision = revised;
        written = true;
    }
}
