package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What to generate: equal values give equal bytes.
 *
 * @param model a name of {@link Generators}
 * @param spacing event time between two events, such as 8.3 ms for 120 a second
 * @param events how many events (copies come on top); empty for an endless feed, or for the usual number where a model is finite
 * @param settings what this model can be told besides, by the names in {@link Generators#settings}; absent ones are as usual
 */
public record Generation(
        String model,
        long seed,
        Instant start,
        Duration spacing,
        OptionalLong events,
        FaultPlan faults,
        MessageForm form,
        Map<String, String> settings) {

    public Generation {
        settings = Map.copyOf(settings);
        if (spacing.isNegative() || spacing.isZero()) {
            throw new IllegalArgumentException(
                    "Cannot generate '%s' every %s: events need time between them; give a spacing above 0"
                            .formatted(model, spacing));
        }
        if (events.isPresent() && events.getAsLong() < 0) {
            throw new IllegalArgumentException(
                    "Cannot generate %d events: the number is negative; give 0 or more".formatted(events.getAsLong()));
        }
    }

    /** JSON messages of a model with its usual settings. */
    public Generation(String model, long seed, Instant start, Duration spacing, OptionalLong events, FaultPlan faults) {
        this(model, seed, start, spacing, events, faults, MessageForm.JSON, Map.of());
    }

    public Generation withForm(MessageForm other) {
        return new Generation(model, seed, start, spacing, events, faults, other, settings);
    }

    public Generation withSettings(Map<String, String> others) {
        return new Generation(model, seed, start, spacing, events, faults, form, others);
    }
}
