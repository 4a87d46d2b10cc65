package dev.tandem.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which profile of a definition is meant; a mixin of every verb that reads one. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "a profile of the definition (default: TANDEM_PROFILE, else none)")
    private @Nullable String name;

    Optional<String> chosen(Shell shell) {
        return Optional.ofNullable(name)
                .or(() -> Hostings.environment(shell, Optional.empty()).profile());
    }
}
