package dev.tandem.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers under a home that another JVM left running on purpose, so that a later command can use or stop them. */
public final class LocalServices {
    private LocalServices() {}

    /**
     * Those that live {@link Lifetime#UNTIL_STOPPED} and are running, in the order of their names. The record of a
     * process that is gone is removed; a server that lives with its JVM is that JVM's alone and not among them.
     */
    public static List<LocalService> attach(Path home) {
        var services = new ArrayList<LocalService>();
        for (var kind : Kind.values()) {
            var directory = ServiceDirectory.under(home, kind);
            directory.detached().ifPresent(found -> services.add(kind.attached(ServerProcess.found(directory, found))));
        }
        return List.copyOf(services);
    }
}
