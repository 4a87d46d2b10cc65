package dev.tandem.engine.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyRowsTest {
    @TempDir
    private Path folder;

    /** 400,000 rows as objects, twice stored and twice recounted, are about a gigabyte. Spark asks for 450 MB at least. */
    @Test
    void areRecountedInLessMemoryThanTheyNeedAtOnce() throws Exception {
        assertThat(told("400000", "-Xmx512m"))
                .contains("expected 400000 met 400000 duplicates 40000 largest small")
                .doesNotContain("OutOfMemoryError");
        try (var left = Files.walk(folder.resolve("spark"))) {
            assertThat(left.map(it -> it.getFileName().toString())).noneMatch(it -> it.startsWith("rows-"));
        }
    }

    private String told(String rows, String memory) throws Exception {
        var log = folder.resolve("log");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(it -> it.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of(memory, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                ManyRowsProgram.class.getName(), rows, folder.resolve("spark").toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return Files.readString(log);
    }
}
