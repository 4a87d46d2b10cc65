package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The language, country, zone and charset of the machine change no byte of any result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineSettingsTest {
    @TempDir
    static Path scratch;

    private Map<String, String> plain = Map.of();

    @BeforeAll
    void runWithPlainSettings() throws Exception {
        plain = files("plain", "-Duser.language=en -Duser.country=US -Duser.timezone=UTC -Dfile.encoding=UTF-8");
    }

    @Test
    void areOverriddenForResultsThatCanBeWorkedOutByHand() {
        assertThat(plain.values())
                .anyMatch(it -> it.contains("Monday 5 January,\"1,234,567.00\",\"1,234,567\",2"))
                .anyMatch(it -> it.contains("title,TITLE,Title,2,3.75"));
    }

    /** Turkish has two letters i, the Arabic of Egypt its own digits. */
    @Test
    void changeNoByteOfAnyFile() throws Exception {
        requireTheSameFiles(
                "-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kolkata -Dfile.encoding=ISO-8859-1");
    }

    @Tag("deep")
    @Test
    void changeNoByteOfAnyFileInArabicToo() throws Exception {
        requireTheSameFiles(
                "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab -Duser.timezone=Pacific/Apia -Dfile.encoding=UTF-16");
    }

    private void requireTheSameFiles(String settings) throws Exception {
        assertThat(files(settings.substring(16, 18), settings)).isEqualTo(plain);
    }

    private static Map<String, String> files(String name, String settings) throws Exception {
        var root = scratch.resolve(name);
        var log = scratch.resolve(name + ".log");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(it -> it.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(settings.split(" ", -1)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                MachineSettingsProgram.class.getName(),
                root.toString(),
                scratch.resolve(name + "-spark").toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("%s", log).isZero();
        return contents(root);
    }

    /** What every file below {@code root} holds. Of the lake only the names: the order in a Parquet footer differs by itself. */
    private static Map<String, String> contents(Path root) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var name = root.relativize(file).toString();
                contents.put(name, name.startsWith("batch/events") ? "" : Files.readString(file));
            }
        }
        return contents;
    }
}
