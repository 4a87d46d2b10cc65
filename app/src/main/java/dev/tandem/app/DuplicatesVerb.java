package dev.tandem.app;

import dev.tandem.store.RefusedScan.Kind;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Answers "which records came twice?" */
@Command(name = "duplicates", description = "Counts and lists the records whose key had come before.")
final class DuplicatesVerb extends RefusedVerb {
    @Override
    Kind kind() {
        return Kind.DUPLICATE;
    }

    @Override
    String word() {
        return "duplicates";
    }

    @Override
    Optional<String> reason() {
        return Optional.empty();
    }
}
