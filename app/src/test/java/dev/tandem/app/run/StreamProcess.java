package dev.tandem.app.run;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** {@code tandem stream} in a process of its own, which closing kills with {@code kill -9}. */
final class StreamProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private StreamProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static StreamProcess start(Stage stage) throws IOException {
        return start(stage, List.of(), List.of());
    }

    /** With these options of the JVM. */
    static StreamProcess start(Stage stage, List<String> javaOptions) throws IOException {
        return start(stage, javaOptions, List.of());
    }

    /** With its tasks on the executors of {@code cluster}. */
    static StreamProcess start(Stage stage, SparkCluster cluster) throws IOException {
        return start(
                stage,
                List.of("-Dspark.executor.memory=512m"),
                List.of("--master", cluster.master().url()));
    }

    private static StreamProcess start(Stage stage, List<String> javaOptions, List<String> options) throws IOException {
        var home = stage.workspace().home();
        var output = Files.createTempFile(home, "stream", ".log");
        var command = new ArrayList<>(java());
        command.addAll(command.size() - 2, javaOptions);
        command.addAll(List.of("dev.tandem.app.Tandem", "stream", stage.name(), "--home", "."));
        command.addAll(options);
        var process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new StreamProcess(process, output);
    }

    /** This JVM's program with the flags and classes that Tandem needs, before the name of a class to run. */
    static List<String> java() {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(opens());
        command.addAll(List.of("-Xmx700m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
        return command;
    }

    /** The flags that Spark needs, which this JVM was given too. */
    static List<String> opens() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(it -> it.startsWith("--add-opens"))
                .toList();
    }

    /** Absolute: the process runs elsewhere. */
    private static String classPath() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return String.join(
                File.pathSeparator,
                List.of(path.split(File.pathSeparator)).stream()
                        .map(it -> Path.of(it).toAbsolutePath().toString())
                        .toList());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO();
        if (kill.start().waitFor() != 0) {
            throw new IOException("Cannot send %s to process %d".formatted(name, process.pid()));
        }
    }

    /** Its exit code, once it has ended. */
    OptionalInt awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** What it printed. */
    String told() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
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
