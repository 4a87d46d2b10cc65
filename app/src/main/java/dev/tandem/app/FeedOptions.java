package dev.tandem.app;

import dev.tandem.app.run.Operations;
import dev.tandem.model.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to feed and how fast. */
final class FeedOptions {
    @Option(names = "--input", paramLabel = "FILE", description = "real records instead of generated ones")
    private @Nullable Path input;

    @Option(names = "--events", paramLabel = "N", description = "how many to generate (default: until Ctrl-C)")
    private @Nullable Long events;

    @Option(names = "--rate", paramLabel = "N", description = "events a second (default: the definition's)")
    private @Nullable Double rate;

    @Option(names = "--fast", description = "without pauses")
    private boolean fast;

    @Option(
            names = "--disorder",
            paramLabel = "TIME",
            description = "each record arrives late by a share of up to this much event time")
    private @Nullable String disorder;

    @Option(names = "--seed", paramLabel = "N", description = "of the generator and of the disorder")
    private @Nullable Long seed;

    Operations.Feed feed(Shell shell) {
        requirePositive("--events", events);
        requirePositive("--rate", rate);
        return new Operations.Feed(
                Optional.ofNullable(input).map(it -> GivenPath.read(shell, "--input", it)),
                events == null ? OptionalLong.empty() : OptionalLong.of(events),
                lateness(disorder),
                Optional.ofNullable(seed),
                Optional.ofNullable(rate),
                fast);
    }

    /** Refuses a number that says nothing: 0, or less. */
    static void requirePositive(String option, @Nullable Number value) {
        if (value != null && !(value.doubleValue() > 0)) {
            throw new CommandException(
                    Exit.USAGE, "Cannot use %s %s: give a number above 0, or leave it out".formatted(option, value));
        }
    }

    /** The value of {@code --disorder}. */
    static Optional<Duration> lateness(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(given -> Durations.read(given)
                        .orElseThrow(() -> new CommandException(
                                Exit.USAGE,
                                "Cannot read --disorder '%s': it is not a length of time; write e.g. 30m"
                                        .formatted(given))));
    }
}
