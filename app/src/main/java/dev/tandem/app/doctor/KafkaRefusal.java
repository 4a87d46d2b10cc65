package dev.tandem.app.doctor;

import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Reason;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** The reason why a broker does not answer, as far as the client's error shows it, and what to change. */
final class KafkaRefusal {
    private KafkaRefusal() {}

    static Finding of(KafkaAddress address, Throwable failure) {
        var causes = causes(failure);
        if (has(causes, UnsupportedSaslMechanismException.class)) {
            return Finding.fail(
                    "kafka",
                    "%s does not offer this mechanism: %s".formatted(address, reason(causes)),
                    "set KAFKA_SASL_MECHANISM to one that the broker has in sasl.enabled.mechanisms");
        }
        if (has(causes, SaslAuthenticationException.class)) {
            return Finding.fail(
                    "kafka",
                    "%s refuses the login: %s".formatted(address, reason(causes)),
                    "check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD");
        }
        if (has(causes, SslAuthenticationException.class) || saysOfTls(causes)) {
            return Finding.fail(
                    "kafka",
                    "%s and this client do not trust each other: %s".formatted(address, reason(causes)),
                    "check KAFKA_SSL_TRUSTSTORE_LOCATION (who signed the broker's certificate), the host's name in the certificate, and KAFKA_SSL_KEYSTORE_LOCATION if the broker asks for ours");
        }
        if (has(causes, AuthorizationException.class)) {
            return Finding.fail(
                    "kafka",
                    "%s lets this user in and forbids the question: %s".formatted(address, reason(causes)),
                    "give the user the ACLs of docs/operations.md, 'Secured Kafka'");
        }
        if (has(causes, ConfigException.class) || has(causes, LoginException.class)) {
            return Finding.fail(
                    "kafka",
                    "no client can be made for %s: %s".formatted(address, reason(causes)),
                    "check the variables KAFKA_SECURITY_…, KAFKA_SASL_… and KAFKA_SSL_…");
        }
        return Finding.fail("kafka", "%s does not answer".formatted(address), silence(address));
    }

    /** A broker that speaks TLS hangs up on plain text, and one that speaks plain text never finishes a TLS greeting. */
    private static String silence(KafkaAddress address) {
        return address.security().isEmpty()
                ? "check that the broker runs and the address is right, and set KAFKA_SECURITY_PROTOCOL if it wants TLS or a login; './tandem up' starts one here"
                : "check that the broker runs, the address is right, and its listener speaks %s"
                        .formatted(address.security().get("security.protocol"));
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static boolean saysOfTls(List<Throwable> causes) {
        return causes.stream().anyMatch(SSLException.class::isInstance);
    }

    /** The innermost reason, which is the most exact one. */
    private static String reason(List<Throwable> causes) {
        return Reason.of(causes.get(causes.size() - 1));
    }
}
