package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is released runs by itself: in a folder of its own, without sources, without Maven, with nothing on the path but what the
 * launcher needs. {@code -Dtandem.archive=FILE} unpacks an archive; without it the same files are linked from the
 * layout of the build, which costs no minute of packing. Runs after packaging.
 */
class ReleaseIT {
    private static final List<String> TOOLS =
            List.of("bash", "env", "dirname", "readlink", "mkdir", "mv", "sed", "find");

    /** Beside what is linked, so that the links can be hard ones. */
    private static final Path FOLDER = Path.of("target", "release-it").toAbsolutePath();

    private static Path installed = Path.of("");

    /** How a command ended and what it said. */
    private record Done(int code, String said) {}

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        empty();
        installed = FOLDER.resolve("opt");
        Files.createDirectories(installed);
        var archive = System.getProperty("tandem.archive");
        if (archive != null) {
            var unpacked = new ProcessBuilder("tar", "xzf", archive, "--strip-components=1", "-C", installed.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(unpacked).isZero();
        } else {
            link(Path.of("target", "tandem"), installed);
            Files.copy(Path.of("..", "tandem"), installed.resolve("tandem"));
        }
        assertThat(installed.resolve("tandem").toFile().setExecutable(true)).isTrue();
        for (var tool : TOOLS) {
            Files.createDirectories(FOLDER.resolve("bin"));
            Files.createSymbolicLink(FOLDER.resolve("bin").resolve(tool), found(tool));
        }
        Files.createDirectories(FOLDER.resolve("work"));
        Files.writeString(
                FOLDER.resolve("work/orders.csv"),
                "id,at,price\n1,2026-01-01T00:00:00Z,1.50\n2,2026-01-01T00:00:30Z,2.25\n3,2026-01-01T00:00:40Z,4.00\n1,2026-01-01T00:00:00Z,1.50\n");
    }

    @AfterAll
    static void empty() throws IOException {
        if (Files.exists(FOLDER)) {
            try (var files = Files.walk(FOLDER)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Path found(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(it -> Path.of(it, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static void link(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = to.resolve(from.relativize(file).toString());
                if (file.startsWith(from.resolve("archives"))) {
                    continue;
                }
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createLink(target, file);
                }
            }
        }
        Files.delete(to.resolve("tandem.jar"));
        Files.copy(from.resolve("tandem.jar"), to.resolve("tandem.jar"));
    }

    private static Done tandem(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(installed.resolve("tandem").toString()));
        command.addAll(Arrays.asList(words));
        var said = FOLDER.resolve("said.txt");
        var builder = new ProcessBuilder(command)
                .directory(FOLDER.resolve("work").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", FOLDER.resolve("bin").toString(),
                        "HOME", FOLDER.resolve("work").toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "TANDEM_NO_ARCHIVE", "1"));
        return new Done(builder.start().waitFor(), Files.readString(said));
    }

    @Test
    void goesFromAFileToNumbers() throws IOException, InterruptedException {
        assertThat(tandem("--version").said()).startsWith("tandem ");
        var init = tandem("init", "orders.csv");
        assertThat(init.code()).as(init.said()).isZero();
        var batch = tandem("batch", "orders", "--input", "orders.csv");
        assertThat(batch.code()).as(batch.said()).isZero();
        // 1.50 + 2.25 + 4.00; the last record is a copy of the first.
        assertThat(tandem("export", "orders", "per_10_minutes", "--mode", "batch")
                        .said())
                .contains(",3,7.75");
    }

    @Test
    void acceptsThePipelinesThatShip() throws IOException, InterruptedException {
        var check = tandem("check", "tweets", "orders", "bitcoin", "user_activity", "shop_events");
        assertThat(check.code()).as(check.said()).isZero();
    }
}
