package dev.tandem.servers;

import java.nio.file.Path;

/**
 * Where the files of local servers are.
 *
 * @param servers what was shipped: {@code kafka/*.jar} and the jars that hold the databases' binaries; only read
 * @param home data, logs and process records, one directory per server
 * @param cache unpacked binaries; several homes may share it
 */
public record Places(Path servers, Path home, Path cache) {
    public Places {
        servers = servers.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
    }
}
