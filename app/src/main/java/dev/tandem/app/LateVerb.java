package dev.tandem.app;

import dev.tandem.store.RefusedScan.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers "which records came too late?" */
@Command(
        name = "late",
        description = "Counts and lists the records that the stream refused because their window had closed.")
final class LateVerb extends RefusedVerb {
    @Option(names = "--view", paramLabel = "VIEW", description = "only records that came too late for this view")
    private @Nullable String reason;

    @Override
    Kind kind() {
        return Kind.LATE;
    }

    @Override
    String word() {
        return "late";
    }

    @Override
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
