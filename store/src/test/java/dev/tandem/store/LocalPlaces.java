package dev.tandem.store;

import dev.tandem.servers.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** Where test databases live: unpacked once per build for all modules, their data new each time. */
final class LocalPlaces {
    private LocalPlaces() {}

    static Places fresh() {
        try {
            var homes = Files.createDirectories(Path.of("target", "test-homes"));
            var home = Files.createTempDirectory(homes, "home");
            // Temporary directories are closed to others, and root hands its databases to nobody.
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new Places(Path.of("target", "servers"), home, Path.of("..", "target", "test-cache"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with the data; the cache of programs stays. */
    static void delete(Places places) throws IOException {
        try (var files = Files.walk(places.home())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static DatabaseAddress.Server server(String address, dev.tandem.servers.Login login) {
        int colon = address.lastIndexOf(':');
        return new DatabaseAddress.Server(
                address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)),
                login.database(),
                new DatabaseAddress.Login(login.user(), login.password()));
    }
}
