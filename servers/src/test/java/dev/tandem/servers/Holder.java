package dev.tandem.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another JVM that starts a server and holds it until it is killed. */
final class Holder implements AutoCloseable {
    private final Process jvm;
    private final long server;

    private Holder(Process jvm, long server) {
        this.jvm = jvm;
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException {
        var room = new Room(new Places(Path.of(arguments[2]), Path.of(arguments[3]), Path.of(arguments[4])));
        var service = start(Kind.valueOf(arguments[0]), room.places(), Lifetime.valueOf(arguments[1]));
        System.out.println(service.pid());
        while (System.in.read() >= 0) {
            // until the one who started us is gone
        }
        Runtime.getRuntime().halt(0);
    }

    static LocalService start(Kind kind, Places places, Lifetime lifetime) {
        return switch (kind) {
            case KAFKA -> KafkaBroker.start(places, lifetime);
            case MARIADB -> MariaDb.start(places, lifetime);
            case POSTGRESQL -> PostgreSql.start(places, lifetime);
        };
    }

    static Holder of(Kind kind, Room room, Lifetime lifetime) throws IOException {
        return of(kind, room, lifetime, Map.of());
    }

    static Holder of(Kind kind, Room room, Lifetime lifetime, Map<String, String> environment) throws IOException {
        var places = room.places();
        var builder = new ProcessBuilder(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                kind.name(),
                lifetime.name(),
                places.servers().toString(),
                places.home().toString(),
                places.cache().toString()));
        builder.environment().putAll(environment);
        var jvm = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new Holder(jvm, firstNumber(jvm.inputReader()));
    }

    long server() {
        return server;
    }

    /** As {@code kill -9} does it: no hook, no goodbye. */
    void kill() {
        jvm.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static long firstNumber(BufferedReader output) throws IOException {
        return Long.parseLong(Optional.ofNullable(output.readLine())
                .orElseThrow(() -> new IllegalStateException("the other JVM ended before its server was ready")));
    }
}
