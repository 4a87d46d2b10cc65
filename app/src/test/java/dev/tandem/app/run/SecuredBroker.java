package dev.tandem.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real broker with a listener for passwords over TLS and one for certificates on both sides, and with ACLs: {@code tandem} may
 * everything, {@code guest} nothing. Its certificates are made with keytool at each start.
 */
final class SecuredBroker implements AutoCloseable {
    static final String PASSWORD = "s3cret \"quoted\" \\ path";
    private static final String STORE = "changeit";
    private static final String MODULES = "org.apache.kafka.common.security.";

    private final Path folder;
    private final int withPasswords;
    private final int withCertificates;
    private final Process process;

    private SecuredBroker(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.withPasswords = freePort();
        this.withCertificates = freePort();
        stores();
        Files.writeString(folder.resolve("server.properties"), settings(freePort()));
        java(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        "MkU3OEVBNTcwNTJENDM2Qk",
                        "-c",
                        "server.properties",
                        "--add-scram",
                        "SCRAM-SHA-512=[name=tandem,password=%s]".formatted("scram-secret"))
                .waitFor();
        process = java("kafka.Kafka", "server.properties");
        awaitStart();
    }

    static SecuredBroker start(Path folder) throws IOException, InterruptedException {
        return new SecuredBroker(folder);
    }

    String withPasswords() {
        return "127.0.0.1:" + withPasswords;
    }

    /** The variables with which {@code user} logs in over TLS. */
    Map<String, String> login(String mechanism, String user, String password) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", withPasswords(),
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_MECHANISM", mechanism,
                "KAFKA_SASL_USERNAME", user,
                "KAFKA_SASL_PASSWORD", password,
                "KAFKA_SSL_TRUSTSTORE_LOCATION",
                        folder.resolve("trusted-by-clients.p12").toString(),
                "KAFKA_SSL_TRUSTSTORE_PASSWORD", STORE);
    }

    /** The variables with which a client shows the certificate in {@code keystore}. */
    Map<String, String> certificate(String keystore) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + withCertificates,
                "KAFKA_SECURITY_PROTOCOL",
                "SSL",
                "KAFKA_SSL_KEYSTORE_LOCATION",
                folder.resolve(keystore).toString(),
                "KAFKA_SSL_KEYSTORE_PASSWORD",
                STORE,
                "KAFKA_SSL_TRUSTSTORE_LOCATION",
                folder.resolve("trusted-by-clients.p12").toString(),
                "KAFKA_SSL_TRUSTSTORE_PASSWORD",
                STORE);
    }

    private void stores() throws IOException, InterruptedException {
        for (var name : List.of("broker", "tandem", "stranger")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=ip:127.0.0.1,dns:localhost",
                    "-keystore",
                    name + ".p12");
            keytool("-exportcert", "-alias", name, "-keystore", name + ".p12", "-file", name + ".crt");
        }
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "broker",
                "-file",
                "broker.crt",
                "-keystore",
                "trusted-by-clients.p12");
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "broker",
                "-file",
                "broker.crt",
                "-keystore",
                "trusted-by-broker.p12");
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "tandem",
                "-file",
                "tandem.crt",
                "-keystore",
                "trusted-by-broker.p12");
    }

    private String settings(int controller) {
        var jaas =
                "listener.name.sasl_ssl.plain.sasl.jaas.config=%splain.PlainLoginModule required username=\"broker\" password=\"broker\" user_broker=\"broker\" user_guest=\"guest\" user_tandem=\"%s\";"
                        .formatted(MODULES, PASSWORD.replace("\\", "\\\\").replace("\"", "\\\""))
                        .replace("\\", "\\\\");
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listeners=SASL_SSL://127.0.0.1:%2$d,SSL://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%1$d
                listener.security.protocol.map=SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=SASL_SSL
                sasl.mechanism.inter.broker.protocol=PLAIN
                sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
                listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=%4$sscram.ScramLoginModule required;
                listener.name.ssl.ssl.client.auth=required
                ssl.keystore.location=broker.p12
                ssl.keystore.password=%5$s
                ssl.truststore.location=trusted-by-broker.p12
                ssl.truststore.password=%5$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:broker;User:tandem;User:CN=tandem;User:ANONYMOUS
                log.dir=data
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=4194304
                """.formatted(controller, withPasswords, withCertificates, MODULES, STORE) + jaas + "\n";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private void keytool(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(tool("keytool"), "-J-XX:TieredStopAtLevel=1"));
        command.addAll(Arrays.asList(words));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", STORE));
        if (started(command, "keytool.log").waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("keytool.log")));
        }
    }

    private Process java(String... words) throws IOException {
        var jars = Path.of("../servers/target/servers/kafka").toAbsolutePath().normalize();
        var command = new ArrayList<>(List.of(
                tool("java"),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                "-cp",
                jars + "/*"));
        command.addAll(Arrays.asList(words));
        return started(command, "broker.log");
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private Process started(List<String> command, String log) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()))
                .start();
    }

    private void awaitStart() throws IOException, InterruptedException {
        var log = folder.resolve("broker.log");
        while (!Files.readString(log, UTF_8).contains("Kafka Server started")) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                throw new IOException(Files.readString(log, UTF_8));
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
