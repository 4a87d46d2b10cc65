package dev.tandem.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home of its own for one test. The cache is shared by all, as it is by demos, so each server is unpacked once. */
record Room(Places places) implements AutoCloseable {
    static Room fresh() {
        try {
            var homes = Files.createDirectories(Path.of("target", "test-homes"));
            var home = Files.createTempDirectory(homes, "home");
            // Temporary directories are closed to others, and then root could not hand a database to nobody.
            ServiceDirectory.mode(home, "rwxr-xr-x");
            return new Room(new Places(Path.of("target", "servers"), home, Path.of("..", "target", "test-cache")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServiceDirectory directory(Kind kind) {
        return ServiceDirectory.under(places.home(), kind);
    }

    /** Whether a process is there that works in this room; an ended one that nobody has collected is not. */
    boolean hasProcess(long pid) {
        return ServerProcess.isOurs(
                new ServiceDirectory(places.home(), Kind.KAFKA), new ProcessRecord(pid, 0, Lifetime.WITH_THIS_JVM));
    }

    @Override
    public void close() throws IOException {
        for (var service : LocalServices.attach(places.home())) {
            service.stop();
        }
        ServiceDirectory.deleteTree(places.home());
    }
}
