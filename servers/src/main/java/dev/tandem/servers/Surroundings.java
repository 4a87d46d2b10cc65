package dev.tandem.servers;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a child finds around it: no secrets of ours in its environment, no terminal, UTC, and messages we can read. */
final class Surroundings {
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH");

    private Surroundings() {}

    static ProcessBuilder of(List<String> command, ServiceDirectory directory, Path log) {
        var builder = new ProcessBuilder(command)
                .directory(directory.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }
}
