package dev.tandem.model.reading;

import dev.tandem.model.Place;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/** Finds nesting that no definition needs, before anything that reads nodes one inside the other meets it. */
final class Depth {
    static final int DEEPEST = 50;

    private Depth() {}

    /** Where {@code events} go deeper than {@link #DEEPEST}; reads no further than that. */
    static Optional<Place> exceeded(Iterable<Event> events) {
        int depth = 0;
        for (var event : events) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                return Optional.of(event.getStartMark()
                        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1, 1))
                        .orElse(Place.NOWHERE));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return Optional.empty();
    }
}
