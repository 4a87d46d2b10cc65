package dev.tandem.app.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How Kafka's clients log in, from variables: {@code KAFKA_} and the name of a client setting in upper case, with {@code _} for
 * the dot. Only settings of the connection are accepted; the others decide about exactly-once and are set by Tandem. User and
 * password become the JAAS line that Kafka requires.
 */
final class KafkaSecurity {
    private static final List<String> PREFIXES =
            List.of("KAFKA_SECURITY_", "KAFKA_SASL_", "KAFKA_SSL_", "KAFKA_OAUTH_");

    /** Client settings that are passed on as they are. */
    private static final Set<String> SETTINGS = Set.of(
            "security.protocol",
            "sasl.mechanism",
            "sasl.jaas.config",
            "sasl.login.callback.handler.class",
            "sasl.login.connect.timeout.ms",
            "sasl.login.read.timeout.ms",
            "sasl.login.retry.backoff.ms",
            "sasl.login.retry.backoff.max.ms",
            "sasl.oauthbearer.token.endpoint.url",
            "sasl.oauthbearer.scope.claim.name",
            "sasl.oauthbearer.sub.claim.name",
            "sasl.kerberos.service.name",
            "ssl.truststore.location",
            "ssl.truststore.password",
            "ssl.truststore.type",
            "ssl.truststore.certificates",
            "ssl.keystore.location",
            "ssl.keystore.password",
            "ssl.keystore.type",
            "ssl.keystore.key",
            "ssl.keystore.certificate.chain",
            "ssl.key.password",
            "ssl.endpoint.identification.algorithm",
            "ssl.protocol",
            "ssl.enabled.protocols",
            "ssl.cipher.suites");

    /** What is made into a line of JAAS. */
    private static final Set<String> LOGINS = Set.of(
            "KAFKA_SASL_USERNAME",
            "KAFKA_SASL_PASSWORD",
            "KAFKA_OAUTH_CLIENT_ID",
            "KAFKA_OAUTH_CLIENT_SECRET",
            "KAFKA_OAUTH_SCOPE");

    static final String PROTOCOL = "KAFKA_SECURITY_PROTOCOL";
    private static final String MECHANISM = "KAFKA_SASL_MECHANISM";
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final Set<String> MECHANISMS =
            Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI");
    private static final String MODULES = "org.apache.kafka.common.security.";
    private static final String OAUTH_HANDLER = MODULES + "oauthbearer.OAuthBearerLoginCallbackHandler";

    private final Function<String, Optional<String>> values;

    private KafkaSecurity(Function<String, Optional<String>> values) {
        this.values = values;
    }

    /** Whether {@code name} is a variable about the connection. */
    static boolean concerns(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith);
    }

    /**
     * The client settings that {@code names}, all of them variables about the connection, give; none without a security protocol.
     *
     * @param values gives the text of a variable; empty if it is not set
     * @throws EnvironmentException if a variable is unknown, or they do not fit together
     */
    static Map<String, String> read(Set<String> names, Function<String, Optional<String>> values) {
        var settings = new TreeMap<String, String>();
        if (!names.contains(PROTOCOL)) {
            return settings;
        }
        var security = new KafkaSecurity(values);
        for (var name : names) {
            if (!LOGINS.contains(name)) {
                var setting = setting(name);
                values.apply(name).ifPresent(text -> settings.put(setting, text));
            }
        }
        security.check(settings);
        security.login(settings);
        return settings;
    }

    private static String setting(String name) {
        var setting = name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
        if (!SETTINGS.contains(setting)) {
            throw new EnvironmentException(
                    "Cannot use %s: Kafka's clients have no setting '%s' that Tandem passes on; use one of %s"
                            .formatted(
                                    name,
                                    setting,
                                    SETTINGS.stream()
                                            .map(it -> "KAFKA_"
                                                    + it.toUpperCase(Locale.ROOT)
                                                            .replace('.', '_'))
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return setting;
    }

    private void check(Map<String, String> settings) {
        var protocol = settings.getOrDefault("security.protocol", "");
        requireOneOf(PROTOCOL, protocol, PROTOCOLS);
        var mechanism = values.apply(MECHANISM);
        mechanism.ifPresent(it -> requireOneOf(MECHANISM, it, MECHANISMS));
        if (protocol.startsWith("SASL") && mechanism.isEmpty()) {
            throw new EnvironmentException(
                    "Cannot log in to Kafka by %s: %s is not set; set it to PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER"
                            .formatted(protocol, MECHANISM));
        }
        for (var file : List.of("KAFKA_SSL_TRUSTSTORE_LOCATION", "KAFKA_SSL_KEYSTORE_LOCATION")) {
            values.apply(file).filter(it -> !Files.isReadable(Path.of(it))).ifPresent(it -> {
                throw new EnvironmentException(
                        "Cannot use %s: there is no readable file %s; give the path of the store, on every machine that reads Kafka"
                                .formatted(file, it));
            });
        }
    }

    private static void requireOneOf(String name, String text, Set<String> known) {
        if (!known.contains(text)) {
            throw new EnvironmentException("Cannot use %s: '%s' is not known; use one of %s"
                    .formatted(name, text, known.stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    private void login(Map<String, String> settings) {
        var mechanism = settings.getOrDefault("sasl.mechanism", "");
        if (settings.containsKey("sasl.jaas.config")) {
            return;
        }
        if (mechanism.equals("PLAIN") || mechanism.startsWith("SCRAM")) {
            var module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            settings.put(
                    "sasl.jaas.config",
                    "%s%s required username=%s password=%s;"
                            .formatted(
                                    MODULES,
                                    module,
                                    quoted(required("KAFKA_SASL_USERNAME", mechanism)),
                                    quoted(required("KAFKA_SASL_PASSWORD", mechanism))));
        } else if (mechanism.equals("OAUTHBEARER")) {
            settings.putIfAbsent("sasl.login.callback.handler.class", OAUTH_HANDLER);
            var scope = values.apply("KAFKA_OAUTH_SCOPE")
                    .map(it -> " scope=" + quoted(it))
                    .orElse("");
            settings.put(
                    "sasl.jaas.config",
                    "%soauthbearer.OAuthBearerLoginModule required clientId=%s clientSecret=%s%s;"
                            .formatted(
                                    MODULES,
                                    quoted(required("KAFKA_OAUTH_CLIENT_ID", mechanism)),
                                    quoted(required("KAFKA_OAUTH_CLIENT_SECRET", mechanism)),
                                    scope));
        }
    }

    private String required(String name, String mechanism) {
        return values.apply(name)
                .orElseThrow(() -> new EnvironmentException(
                        "Cannot log in to Kafka by %s: %s is not set; set it, or write the whole login into KAFKA_SASL_JAAS_CONFIG"
                                .formatted(mechanism, name)));
    }

    private static String quoted(String text) {
        return "\"%s\"".formatted(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
