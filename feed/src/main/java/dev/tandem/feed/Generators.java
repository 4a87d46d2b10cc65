package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Every model of data there is. To add one: write its class, then its line here. */
public final class Generators {

    private record Model(String name, FaultPlan faults, Making making) {}

    private interface Making {
        Generator of(long seed, Instant start, Duration spacing);
    }

    private static final List<Model> ALL = List.of(new Model("tweets", FaultPlan.usual(), TweetGenerator::new));

    private Generators() {}

    public static List<String> names() {
        return ALL.stream().map(Model::name).toList();
    }

    /** The faults that a model has unless told otherwise. */
    public static FaultPlan usualFaults(String name) {
        return named(name).faults();
    }

    public static Feed feed(Generation generation) {
        var model = named(generation.model());
        return new GeneratedFeed(
                generation, model.making().of(generation.seed(), generation.start(), generation.spacing()));
    }

    private static Model named(String name) {
        return ALL.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot generate '%s': there is no generator of that name; use one of %s"
                                .formatted(name, names())));
    }
}
