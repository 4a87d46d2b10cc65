package dev.tandem.app.run;

import dev.tandem.model.Durations;
import dev.tandem.model.Pipeline;
import java.time.Duration;
import java.util.Optional;

/** Reads the watermark delay that is to be tried. */
public final class TriedDelay {
    private TriedDelay() {}

    /** As in {@code 5m}, or with a plus how much more than the definition says; empty if it is neither. */
    public static Optional<Duration> of(String text, Pipeline pipeline) {
        var stripped = text.strip();
        return stripped.startsWith("+")
                ? Durations.read(stripped.substring(1))
                        .map(more -> pipeline.watermark().delay().plus(more))
                : Durations.read(stripped);
    }
}
