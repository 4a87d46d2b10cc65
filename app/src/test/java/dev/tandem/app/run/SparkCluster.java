package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.engine.spark.SparkMaster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone cluster of Spark on this machine: a master and two workers with a core each, as processes, over a Spark home that has
 * the jars of Spark and none of ours. Each process is given Linux's parent-death signal, so none outlives the tests.
 */
final class SparkCluster implements AutoCloseable {
    /** What a Spark installation does not have, by the beginning or a part of its name. */
    private static final Pattern OURS = Pattern.compile(
            "(tandem|kafka-clients|mariadb|postgresql|sqlite|duckdb|snakeyaml-engine|jspecify|twitter|commons-csv).*|.*-kafka-0-10_.*");

    private static final Pattern STARTED = Pattern.compile("Starting Spark master at (spark://127\\.0\\.0\\.1:\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final SparkMaster master;

    private SparkCluster(Path home) {
        this.home = home;
        var log = start("master", "org.apache.spark.deploy.master.Master", "--port", "0");
        await().atMost(PATIENCE).until(() -> address(log).isPresent());
        master = SparkMaster.of(address(log).orElseThrow());
        for (var worker : List.of("worker-1", "worker-2")) {
            var folder = home.resolve(worker).toString();
            var unused = start(
                    worker,
                    "org.apache.spark.deploy.worker.Worker",
                    List.of("--cores", "1", "--memory", "512m", "--work-dir", folder, master.url()));
        }
    }

    /** Starts it; everything that it writes goes under {@code home}. */
    static SparkCluster start(Path home) {
        try {
            var jars = Files.createDirectories(home.resolve("jars"));
            for (var entry : classPath()) {
                if (entry.toString().endsWith(".jar")
                        && !OURS.matcher(entry.getFileName().toString()).matches()) {
                    Files.createSymbolicLink(jars.resolve(entry.getFileName()), entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SparkCluster(home);
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(it -> Path.of(it).toAbsolutePath())
                .toList();
    }

    private Path start(String name, String program, String... arguments) {
        return start(name, program, List.of(arguments));
    }

    /** Starts one process; gives its log. Called by the thread of the tests, with which the process ends. */
    private Path start(String name, String program, List<String> arguments) {
        var command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "--"));
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(StreamProcess.opens());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*", program));
        command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(arguments);
        var log = home.resolve(name + ".log");
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        // A worker hands it on to its executors, which live for seconds: they would spend them on compiling.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        try {
            processes.add(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log;
    }

    private Optional<String> address(Path log) {
        assertThat(processes).as(() -> read(log)).allMatch(Process::isAlive);
        return STARTED.matcher(read(log)).results().map(it -> it.group(1)).findFirst();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SparkMaster master() {
        return master;
    }

    /** The processes that run tasks now, which are the workers' children. */
    private List<ProcessHandle> executors() {
        return processes.stream().flatMap(Process::children).toList();
    }

    /** Waits until so many processes can run tasks. */
    void awaitExecutors(int count) {
        await().atMost(PATIENCE).until(() -> executors().size() >= count);
    }

    /** {@code kill -9} of one of them. */
    void killAnExecutor() {
        var executor = executors().get(0);
        assertThat(executor.destroyForcibly()).isTrue();
        executor.onExit().join();
    }

    @Override
    public void close() {
        var all = processes.stream()
                .flatMap(it -> Stream.concat(it.descendants(), Stream.of(it.toHandle())))
                .toList();
        processes.forEach(Process::destroy);
        for (var process : all) {
            process.onExit()
                    .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                    .thenAccept(ProcessHandle::destroyForcibly)
                    .join();
        }
    }
}
