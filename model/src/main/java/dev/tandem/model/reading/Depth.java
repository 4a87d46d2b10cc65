package dev.tandem.model.reading;

import dev.tandem.model.Place;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/** Refuses nesting that no definition needs, before anything that reads nodes one inside the other meets it. */
final class Depth implements Consumer<Event> {
    private static final int DEEPEST = 50;

    private final Problems problems;
    private int depth;

    Depth(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void accept(Event event) {
        if (event instanceof CollectionStartEvent && ++depth == DEEPEST + 1 && problems.none()) {
            var place = event.getStartMark()
                    .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1, 1))
                    .orElse(Place.NOWHERE);
            problems.add(place, "this is nested deeper than %d".formatted(DEEPEST), "write it flatter");
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        }
    }
}
