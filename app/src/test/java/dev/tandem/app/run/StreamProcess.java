package dev.tandem.app.run;

import dev.tandem.app.Tandem;
import dev.tandem.app.TandemAtAnotherTime;
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
    /**
     * What the process finds around it.
     *
     * @param javaOptions options of the JVM
     * @param limits the words before the command that limit it
     */
    record Machine(List<String> javaOptions, List<String> limits) {
        static final Machine USUAL = with(List.of());

        static Machine with(List<String> javaOptions) {
            return new Machine(javaOptions, List.of());
        }

        /** Its clock is wrong by {@code offset}. */
        Machine at(Duration offset) {
            var options = new ArrayList<>(javaOptions);
            options.add("-Dmachine.clock=" + offset);
            return new Machine(options, limits);
        }

        /** Where a file that grows beyond {@code kibibytes} cannot be written further, as on a full disk. */
        Machine withFilesOf(int kibibytes) {
            var limit = "trap '' XFSZ; ulimit -f %d; exec \"$@\"".formatted(kibibytes);
            return new Machine(javaOptions, List.of("bash", "-c", limit, "bash"));
        }

        private String program() {
            return javaOptions.stream().anyMatch(it -> it.startsWith("-Dmachine.clock="))
                    ? TandemAtAnotherTime.class.getName()
                    : Tandem.class.getName();
        }
    }

    private final Process process;
    private final Path output;

    private StreamProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static StreamProcess start(Stage stage) throws IOException {
        return start(stage, Machine.USUAL, List.of());
    }

    /** With these options of the JVM. */
    static StreamProcess start(Stage stage, List<String> javaOptions) throws IOException {
        return start(stage, Machine.with(javaOptions), List.of());
    }

    static StreamProcess start(Stage stage, Machine machine) throws IOException {
        return start(stage, machine, List.of());
    }

    /** With its tasks on the executors of {@code cluster}. */
    static StreamProcess start(Stage stage, SparkCluster cluster) throws IOException {
        return start(
                stage,
                Machine.with(List.of("-Dspark.executor.memory=512m")),
                List.of("--master", cluster.master().url()));
    }

    private static StreamProcess start(Stage stage, Machine machine, List<String> options) throws IOException {
        var home = stage.workspace().home();
        var output = Files.createTempFile(home, "stream", ".log");
        var command = new ArrayList<>(machine.limits());
        command.addAll(java());
        command.addAll(command.size() - 2, machine.javaOptions());
        command.addAll(List.of(machine.program(), "stream", stage.name(), "--home", "."));
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
