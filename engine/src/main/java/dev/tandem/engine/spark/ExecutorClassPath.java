package dev.tandem.engine.spark;

import dev.tandem.model.Reason;
import dev.tandem.model.extension.ExtensionLoader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * This process's class path without what every Spark installation has: what executors in other processes need besides. A jar too many
 * costs a copy; one too few fails the first task.
 */
final class ExecutorClassPath {
    /** Families of jars that Spark 4.2 comes with, by the beginning of their names. */
    private static final List<String> OF_SPARK = List.of(
            "arrow-",
            "avro-",
            "hadoop-",
            "hive-storage-api-",
            "jackson-",
            "jakarta.",
            "jersey-",
            "json4s-",
            "log4j-",
            "netty-",
            "orc-",
            "parquet-",
            "rocksdbjni-",
            "scala-",
            "slf4j-",
            "spark-",
            "zookeeper-",
            "zstd-jni-");

    /** Those with such a name that it does not come with. */
    private static final String CONNECTOR = ".*-kafka-0-10_.*";

    /** No task uses it: any two tables are compared in the driver's process. */
    private static final String DRIVER_ONLY = "duckdb_jdbc-";

    private final List<Path> entries;

    private ExecutorClassPath(List<Path> entries) {
        this.entries = entries;
    }

    /** The class path of this process and the jars of extensions; jars that name others in their manifest stand for those too. */
    static ExecutorClassPath ofThisProcess() {
        var all = new LinkedHashSet<Path>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            add(Path.of(entry).toAbsolutePath().normalize(), all);
        }
        if (Thread.currentThread().getContextClassLoader() instanceof ExtensionLoader extensions) {
            extensions.jars().forEach(jar -> add(Path.of(URI.create(jar.toString())), all));
        }
        return new ExecutorClassPath(
                all.stream().filter(ExecutorClassPath::isNeeded).toList());
    }

    private static void add(Path entry, Set<Path> all) {
        if (!Files.exists(entry) || !all.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (var jar = new JarFile(entry.toFile())) {
            var manifest = jar.getManifest();
            var named = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (named != null) {
                for (var name : named.trim().split("\\s+")) {
                    add(Path.of(entry.toUri().resolve(URI.create(name))).normalize(), all);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s of the class path: %s".formatted(entry, Reason.of(e)), e);
        }
    }

    private static boolean isNeeded(Path entry) {
        return !isOfSpark(entry) && !entry.getFileName().toString().startsWith(DRIVER_ONLY);
    }

    static boolean isOfSpark(Path entry) {
        var name = entry.getFileName().toString();
        return OF_SPARK.stream().anyMatch(name::startsWith) && !name.matches(CONNECTOR);
    }

    /** Whether all of it can be sent: a folder of classes, as a build has, cannot. */
    boolean isOfJars() {
        return entries.stream().noneMatch(Files::isDirectory);
    }

    /** The jars as {@code spark.jars} takes them; the driver sends them to each executor. */
    String jars() {
        return entries.stream().map(it -> it.toUri().toString()).collect(Collectors.joining(","));
    }

    /** All of it as {@code spark.executor.extraClassPath} takes it, for executors that reach the same paths. */
    String paths() {
        var paths = new ArrayList<String>();
        entries.forEach(it -> paths.add(it.toString()));
        return String.join(File.pathSeparator, paths);
    }
}
