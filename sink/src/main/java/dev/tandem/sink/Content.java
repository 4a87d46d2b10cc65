package dev.tandem.sink;

import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one output is given: its name and columns. The columns of a view are {@code window_start} and {@code window_end} (where it
 * has windows), keys, measures, derived ones; those of records are their fields.
 *
 * @param keys how many columns from the first on identify a view's rows, window bounds included; 0 for records
 */
public record Content(String name, Kind kind, List<Shape.Column> columns, int keys) implements Serializable {
    static final String WINDOW_START = "window_start";
    static final String WINDOW_END = "window_end";

    public enum Kind {
        /** Rows that change until their window has closed, each known by its key. */
        VIEW,
        /** Records, each given once (again where a later copy of it counts). */
        RECORDS
    }

    public Content {
        columns = List.copyOf(columns);
    }

    /** Whether its rows are final at some time: records are at once, a view's rows when their window closes. */
    boolean becomesFinal() {
        return kind == Kind.RECORDS
                || (!columns.isEmpty() && columns.get(0).name().equals(WINDOW_START));
    }

    /** The tuples that an output takes to which rows are only added: of a stream's view those that are final, else all there are. */
    Predicate<Tuple> staying(Mode mode) {
        return mode == Mode.STREAM && kind == Kind.VIEW
                ? tuple -> tuple.state() == Tuple.State.FINAL
                : tuple -> tuple.state() != Tuple.State.GONE;
    }
}
