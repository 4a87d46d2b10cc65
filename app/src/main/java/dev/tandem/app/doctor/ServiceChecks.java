package dev.tandem.app.doctor;

import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Whether the broker and the databases answer, and hold what pipelines need. */
public final class ServiceChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ServiceChecks() {}

    /** The broker at {@code address}, and in it the topic of each pipeline, by the pipeline's name. */
    public static List<Finding> kafka(String address, Map<String, String> topics) throws InterruptedException {
        var findings = new ArrayList<Finding>();
        try (var admin = Admin.create(settings(address))) {
            var known = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            findings.add(Finding.pass("kafka", "%s answers, %d topic(s)".formatted(address, known.size())));
            topics.forEach((pipeline, topic) -> findings.add(topic(pipeline, topic, known)));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            findings.add(Finding.fail(
                    "kafka",
                    "%s does not answer".formatted(address),
                    "check that the broker runs and the address is right; './tandem up' starts one here"));
        }
        return findings;
    }

    private static Map<String, Object> settings(String address) {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                address,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
    }

    private static Finding topic(String pipeline, String topic, Set<String> known) {
        return known.contains(topic)
                ? Finding.pass("topic " + topic, "is there, for '%s'".formatted(pipeline))
                : Finding.fail(
                        "topic " + topic,
                        "is missing, '%s' reads it".formatted(pipeline),
                        "'./tandem generate %s' makes and fills it".formatted(pipeline));
    }

    /** The database at {@code address}. */
    public static Finding database(DatabaseAddress address) {
        var subject = address.kind().word();
        try (var connection = address.open()) {
            var server = connection.getMetaData();
            return Finding.pass(
                    subject,
                    "%s answers: %s %s"
                            .formatted(
                                    address.told(),
                                    server.getDatabaseProductName(),
                                    server.getDatabaseProductVersion()));
        } catch (StoreException e) {
            return refused(subject, address, e);
        } catch (SQLException e) {
            return Finding.look(
                    subject, "%s: %s".formatted(address.told(), e.getMessage()), "see the database's own log");
        }
    }

    private static Finding refused(String subject, DatabaseAddress address, StoreException refusal) {
        boolean login = refusal.getCause() instanceof SQLException cause
                && String.valueOf(cause.getSQLState()).startsWith("28");
        return login
                ? Finding.fail(
                        subject,
                        "%s refuses the user or the password".formatted(address.told()),
                        "check both; for a server of './tandem up' stop it and start it again")
                : Finding.fail(
                        subject,
                        "%s does not answer: %s".formatted(address.told(), refusal.getMessage()),
                        "check that the database runs and the address is right; './tandem up' starts one here");
    }
}
