package dev.tandem.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The synthetic feed of a pipeline: a generator's name, its seed and pace, and the faults to inject. */
public record Generate(
        String generator,
        long seed,
        double perSecond,
        Map<String, Fault> faults,
        Map<String, String> settings,
        Optional<Batches> batches) {
    /** Records sent {@code size} at once, with a pause between {@code from} and {@code to} before the next ones. */
    public record Batches(int size, Duration from, Duration to) {}

    public Generate(String generator, long seed, double perSecond, Map<String, Fault> faults) {
        this(generator, seed, perSecond, faults, Map.of(), Optional.empty());
    }

    /** A fault's share of the records (0 to 1) and, where it delays them, by how much of event time. */
    public record Fault(double share, Optional<Delay> delay) {}

    public record Delay(Duration from, Duration to) {}

    public Generate {
        faults = Map.copyOf(faults);
        settings = Map.copyOf(settings);
    }
}
