package dev.tandem.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * One Kafka node that is broker and controller at once, in a JVM with a class path of its own: its libraries would
 * otherwise meet Spark's. Topics are never created by being named, and nothing is ever deleted for age: whoever lost a
 * message here would look for the mistake in the pipeline.
 */
public final class KafkaBroker extends Server {
    KafkaBroker(ServerProcess process) {
        super(process);
    }

    /**
     * Returns when the broker takes connections; its data is there again at every later start in the same home.
     *
     * @throws LocalServiceException if it cannot be started, with the end of its log
     */
    public static KafkaBroker start(Places places, Lifetime lifetime) {
        return new KafkaBroker(new Launch(new FromJars(places.servers().resolve("kafka")), places, lifetime).start());
    }

    /** What a Kafka client wants as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return address();
    }

    private record FromJars(Path jars) implements Recipe {
        @Override
        public Kind kind() {
            return Kind.KAFKA;
        }

        @Override
        public Prepared prepare(ServiceDirectory directory) throws IOException {
            refuseMissingJars();
            var settings = directory.path().resolve("server.properties");
            if (!directory.hasData()) {
                write(directory, settings, settings(directory.freshData(), FreePort.next(), FreePort.next()));
                new Setup(directory, Account.UNCHANGED).run(format(settings), "");
                directory.finishData();
            }
            return new Prepared(Account.UNCHANGED, port -> {
                write(directory, settings, settings(directory.data(), port, FreePort.next()));
                return java("kafka.Kafka", settings.toString());
            });
        }

        private void refuseMissingJars() throws IOException {
            if (Files.isDirectory(jars)) {
                try (var found = Files.newDirectoryStream(jars, "kafka_*.jar")) {
                    if (found.iterator().hasNext()) {
                        return;
                    }
                }
            }
            throw new LocalServiceException(
                    "Cannot start kafka: there is no kafka_*.jar in %s; put the broker's jars there, or point the profile at an existing server"
                            .formatted(jars));
        }

        private List<String> format(Path settings) {
            return java("kafka.tools.StorageTool", "format", "-t", clusterId(), "-c", settings.toString());
        }

        /** C1 and the serial collector start in half the time, and a broker mostly moves bytes. */
        private List<String> java(String... mainAndArguments) {
            var java = Path.of(System.getProperty("java.home", ""), "bin", "java");
            var command = new ArrayList<>(List.of(
                    java.toString(),
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-Dorg.slf4j.simpleLogger.showDateTime=true",
                    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                    // The one logger that says when the broker is ready.
                    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                    "-cp",
                    jars + "/*"));
            command.addAll(List.of(mainAndArguments));
            return List.copyOf(command);
        }

        /** Kafka's way to write a UUID; one that begins with a dash would be taken for an option. */
        private static String clusterId() {
            var uuid = UUID.randomUUID();
            var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits());
            var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
            return id.startsWith("-") ? clusterId() : id;
        }

        private static void write(ServiceDirectory directory, Path file, Properties settings) throws IOException {
            directory.privateFile(file, "");
            try (var writer = Files.newBufferedWriter(file)) {
                settings.store(writer, "Written at each start");
            }
        }

        private static Properties settings(Path data, int port, int controllerPort) {
            var settings = new Properties();
            settings.setProperty("process.roles", "broker,controller");
            settings.setProperty("node.id", "1");
            settings.setProperty("controller.quorum.voters", "1@%s:%d".formatted(LOOPBACK, controllerPort));
            settings.setProperty("controller.listener.names", "CONTROLLER");
            settings.setProperty(
                    "listeners",
                    "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(LOOPBACK, port, LOOPBACK, controllerPort));
            settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
            // Not log.dirs: that one is a list and would cut a path at its commas.
            settings.setProperty("log.dir", data.toString());
            settings.setProperty("auto.create.topics.enable", "false");
            settings.setProperty("log.retention.ms", "-1");
            settings.setProperty("log.retention.bytes", "-1");
            settings.setProperty("offsets.topic.replication.factor", "1");
            settings.setProperty("offsets.topic.num.partitions", "4");
            settings.setProperty("transaction.state.log.replication.factor", "1");
            settings.setProperty("transaction.state.log.min.isr", "1");
            settings.setProperty("transaction.state.log.num.partitions", "4");
            settings.setProperty("group.initial.rebalance.delay.ms", "0");
            settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
            return settings;
        }
    }
}
