package dev.tandem.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files taken out of an archive, each of which must stay below one root whatever its name says. All may be read by everybody. */
record UnpackedTree(Path root) {
    /** What is kept of an archive's permissions. */
    enum Kept {
        FILE("rw-r--r--"),
        PROGRAM("rwxr-xr-x");

        private final String permissions;

        Kept(String permissions) {
            this.permissions = permissions;
        }
    }

    void file(String name, InputStream content, Kept kept) throws IOException {
        var file = inside(name);
        createParents(file);
        Files.copy(content, file);
        ServiceDirectory.mode(file, kept.permissions);
    }

    void link(String name, String target) throws IOException {
        var link = inside(name);
        inside(root.relativize(link.resolveSibling(target).normalize()).toString());
        createParents(link);
        Files.createSymbolicLink(link, Path.of(target));
    }

    private Path inside(String name) throws IOException {
        var file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("an archive names a file outside of itself: " + name);
        }
        return file;
    }

    /** Modes are set one by one because a strict umask would shut out the account that runs the server. */
    private void createParents(Path file) throws IOException {
        var parent = Optional.ofNullable(file.getParent()).orElse(root);
        if (!Files.isDirectory(parent)) {
            createParents(parent);
            Files.createDirectory(parent);
            ServiceDirectory.mode(parent, Kept.PROGRAM.permissions);
        }
    }
}
