package dev.tandem.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tandem quarantine retry} in a process of its own, which closing kills with {@code kill -9}. */
final class RetryProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    RetryProcess(Path home, Path definition) throws IOException {
        output = Files.createTempFile(home, "retry", ".log");
        var command = new ArrayList<>(StreamProcess.java());
        command.addAll(List.of("dev.tandem.app.Tandem", "quarantine", "retry", definition.toString(), "--home", "."));
        process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String told() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
