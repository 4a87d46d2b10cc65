package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/**
 * How a view is drawn, as its author says it: nothing is guessed from the names of columns. It changes no number.
 *
 * @param value the column that is drawn first; absent for the first one that can be
 * @param band of the kind {@code price}
 * @param sides two columns drawn against each other, such as purchases and sales; or none
 * @param steps of the kind {@code steps}: columns in the order of the way that they count
 */
public record Chart(Kind kind, Optional<String> value, Optional<Band> band, List<String> sides, List<String> steps) {
    public enum Kind {
        /** One number for each window, over time. */
        LINE,
        /** The keys of one window, largest first. */
        BAR,
        /** A value between its lowest and its highest, over time. */
        PRICE,
        /** Several columns of one window side by side. */
        STEPS
    }

    /**
     * The range around a value.
     *
     * @param volume what is drawn below it, if anything is
     */
    public record Band(String low, String high, Optional<String> volume) {}

    public Chart {
        sides = List.copyOf(sides);
        steps = List.copyOf(steps);
    }
}
