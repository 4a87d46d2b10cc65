package dev.tandem.app;

import dev.tandem.store.RefusedScan.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers "which records did a rule refuse?" */
@Command(name = "quarantine", description = "Counts and lists the records that a rule refused.")
final class QuarantineVerb extends RefusedVerb {
    @Option(names = "--rule", paramLabel = "RULE", description = "only records that this rule refused")
    private @Nullable String reason;

    @Override
    Kind kind() {
        return Kind.QUARANTINE;
    }

    @Override
    String word() {
        return "quarantine";
    }

    @Override
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
