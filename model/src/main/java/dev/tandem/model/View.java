package dev.tandem.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A named result: key columns and measures, one row per window and key. */
public sealed interface View {
    /**
     * Records grouped by window and key.
     *
     * @param derive columns computed from a row's window, key and measures, each seeing the earlier ones
     * @param having which rows there are; a row for which it is not true is not shown
     * @param chart how it is drawn, if its author says so
     */
    record Grouped(
            String name,
            Optional<Explode> explode,
            Optional<Expression> where,
            Window window,
            List<Key> by,
            List<Measure> measures,
            List<Step.Named> derive,
            Optional<Expression> having,
            Optional<Chart> chart)
            implements View {
        public Grouped {
            by = List.copyOf(by);
            measures = List.copyOf(measures);
            derive = List.copyOf(derive);
        }

        public Grouped(
                String name,
                Optional<Explode> explode,
                Optional<Expression> where,
                Window window,
                List<Key> by,
                List<Measure> measures) {
            this(name, explode, where, window, by, measures, List.of(), Optional.empty(), Optional.empty());
        }
    }

    /** The {@code count} first rows of another view per window, ties broken by the key so that both modes choose alike. */
    record Top(String name, String from, int count, List<Order> order) implements View, Serializable {
        public static final String RANK = "rank";

        public Top {
            order = List.copyOf(order);
        }
    }

    /** A key column: its name and the expression that gives it. */
    record Key(String name, Expression expression) {}

    /** One record becomes one row for each element of {@code each}, known as {@code as}; none for an empty or missing list. */
    record Explode(Expression each, String as) {}

    record Order(String column, boolean descending) implements Serializable {}

    String name();

    /** One function for each kind: the exhaustive choice. */
    default <T> T fold(Function<Grouped, T> grouped, Function<Top, T> top) {
        return this instanceof Grouped it ? grouped.apply(it) : top.apply((Top) this);
    }

    /** This view, if it groups records. */
    default Optional<Grouped> asGrouped() {
        return fold(Optional::of, top -> Optional.empty());
    }

    /** This view, if it ranks the rows of another one. */
    default Optional<Top> asTop() {
        return fold(grouped -> Optional.empty(), Optional::of);
    }
}
