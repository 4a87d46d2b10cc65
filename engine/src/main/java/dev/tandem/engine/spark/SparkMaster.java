package dev.tandem.engine.spark;

import dev.tandem.engine.EngineException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Spark's tasks run, as Spark writes it: threads of this process, executors that this process starts, or those of a cluster.
 *
 * @param url such as {@code local[*]} or {@code spark://10.0.0.1:7077}
 */
public record SparkMaster(String url) {
    /** Threads of this process, one for each core. */
    public static final SparkMaster LOCAL = new SparkMaster("local[*]");

    private static final String STANDALONE = "spark://";
    private static final String PROPERTY = "spark.master";
    private static final Pattern KNOWN = Pattern.compile(
            "local|local\\[(?:\\*|[1-9]\\d{0,3})]|local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*]"
                    + "|spark://[A-Za-z0-9._-]+:\\d{1,5}(?:,[A-Za-z0-9._-]+:\\d{1,5})*");
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LAST_PORT = 65_535;

    /** The master that a user has named. */
    public static SparkMaster of(String url) {
        if (!KNOWN.matcher(url).matches()) {
            throw new EngineException(
                    "Cannot use '%s' as Spark's master: write local[*], local[4], local-cluster[2,1,1024] or spark://host:7077"
                            .formatted(url));
        }
        return new SparkMaster(url);
    }

    /** The master that was given to {@code spark-submit}, if it has started this process. */
    static Optional<SparkMaster> submitted() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(SparkMaster::new);
    }

    /** The master that was given to {@code spark-submit}, else this process. */
    public static SparkMaster usual() {
        return submitted().orElse(LOCAL);
    }

    /** Whether tasks run in this process. */
    boolean isLocal() {
        return url.startsWith("local") && !startsExecutors();
    }

    private boolean startsExecutors() {
        return url.startsWith("local-cluster");
    }

    /** Fails at once where Spark would wait for a minute, or for ever. */
    void requireReachable() {
        if (startsExecutors()) {
            requireSparkHome();
        }
        if (url.startsWith(STANDALONE) && hosts().stream().noneMatch(SparkMaster::answers)) {
            throw new EngineException(
                    "Cannot reach the Spark master %s: nothing answers at %s; start the master, or give --master the address that its log tells"
                            .formatted(url, String.join(" or ", hosts())));
        }
    }

    private static void requireSparkHome() {
        var home = Optional.ofNullable(System.getenv("SPARK_HOME"));
        if (home.map(it -> Path.of(it, "jars")).filter(Files::isDirectory).isEmpty()) {
            throw new EngineException(
                    "Cannot start executors on this machine: SPARK_HOME is %s; set it to a Spark 4.2 installation, or use --master local[*]"
                            .formatted(home.map("%s, which has no folder 'jars'"::formatted)
                                    .orElse("not set")));
        }
    }

    private List<String> hosts() {
        return Arrays.asList(url.substring(STANDALONE.length()).split(","));
    }

    private static boolean answers(String host) {
        int colon = host.lastIndexOf(':');
        int port = Integer.parseInt(host.substring(colon + 1));
        if (port < 1 || port > LAST_PORT) {
            return false;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.substring(0, colon), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
