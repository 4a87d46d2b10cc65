package dev.tandem.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The servers under a home that another JVM left running on purpose, so that a later command can use or stop them. */
public final class LocalServices {
    private LocalServices() {}

    /**
     * Those that live {@link Lifetime#UNTIL_STOPPED} and are running, in the order of their names. The record of a
     * process that is gone is removed; a server that lives with its JVM is that JVM's alone and not among them.
     */
    public static List<LocalService> attach(Path home) {
        return services(home, ServiceDirectory::detached);
    }

    /**
     * Every server that is running, whoever it lives with, in the order of their names: for a look. To close one that lives with
     * another JVM would end it under that one's feet.
     */
    public static List<LocalService> running(Path home) {
        return services(home, ServiceDirectory::running);
    }

    private static List<LocalService> services(Path home, Function<ServiceDirectory, Optional<ProcessRecord>> finding) {
        var services = new ArrayList<LocalService>();
        for (var kind : Kind.values()) {
            var directory = ServiceDirectory.under(home, kind);
            finding.apply(directory)
                    .ifPresent(found -> services.add(kind.attached(ServerProcess.found(directory, found))));
        }
        return List.copyOf(services);
    }
}
