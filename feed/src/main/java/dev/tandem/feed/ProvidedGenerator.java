package dev.tandem.feed;

import dev.tandem.model.extension.GeneratorProvider;
import dev.tandem.model.extension.GeneratorProvider.EventModel;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that an extension brings: it says what an event holds; time, form and faults are ours. */
record ProvidedGenerator(String name, EventModel events, FlatModel model, Generation generation) implements Generator {

    static ProvidedGenerator of(GeneratorProvider provider, Generation generation) {
        var events = provider.open(generation.seed(), generation.settings());
        var layout = events.layout();
        var model = new FlatModel(
                layout.columns(),
                layout.id(),
                layout.time(),
                layout.number(),
                Cell.NOTHING,
                IsoTime::micros,
                generation.form());
        return new ProvidedGenerator(provider.name(), events, model, generation);
    }

    @Override
    public List<String> columns() {
        return model.header();
    }

    @Override
    public Event event(long number) {
        var time = generation
                .start()
                .plusNanos(generation.spacing().toNanos() * number)
                .truncatedTo(ChronoUnit.MICROS);
        var values = events.values(number, time);
        if (values.size() != model.columns().size()) {
            throw new IllegalArgumentException(
                    "Cannot generate '%s': event %d has %d values for %d columns; correct the extension"
                            .formatted(
                                    name, number, values.size(), model.columns().size()));
        }
        var cells =
                new ArrayList<Cell>(values.stream().map(ProvidedGenerator::cell).toList());
        cells.set(model.columns().indexOf(model.time()), Cell.text(IsoTime.micros(time)));
        var id = cells.get(model.columns().indexOf(model.id())).text();
        return new FlatEvent(model, id, time, Fault.NONE, cells);
    }

    private static Cell cell(@Nullable Object value) {
        if (value == null) {
            return Cell.NOTHING;
        }
        return value instanceof Number number ? Cell.number(number) : Cell.text(value.toString());
    }
}
