package dev.tandem.app.doctor;

import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Reason;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Whether the broker and the databases answer, and hold what pipelines need. */
public final class ServiceChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ServiceChecks() {}

    /** Whether a pipeline has run here: what it needs is missed only then. */
    public enum Past {
        RAN,
        NEVER_RAN
    }

    /** A topic that a pipeline reads. */
    public record Topic(String pipeline, String name, Past past) {}

    /** The broker at {@code address}, and in it each topic. */
    public static List<Finding> kafka(KafkaAddress address, List<Topic> topics) throws InterruptedException {
        var findings = new ArrayList<Finding>();
        try (var admin = Admin.create(settings(address))) {
            var known = answer(admin.listTopics().names());
            findings.add(Finding.pass("kafka", "%s answers, %d topic(s)".formatted(address, known.size())));
            for (var topic : topics) {
                findings.add(known.contains(topic.name()) ? filled(topic, admin) : missing(topic, address));
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            findings.add(KafkaRefusal.of(address, e));
        }
        return findings;
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Finding filled(Topic topic, Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        var subject = "topic " + topic.name();
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        var description = answer(admin.describeTopics(List.of(topic.name())).allTopicNames());
        description.forEach((name, it) -> it.partitions()
                .forEach(part -> ends.put(new TopicPartition(name, part.partition()), OffsetSpec.latest())));
        long records = answer(admin.listOffsets(ends).all()).values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
        return records == 0
                ? Finding.look(
                        subject,
                        "is empty, '%s' reads it".formatted(topic.pipeline()),
                        "'./tandem generate %s' fills it".formatted(topic.pipeline()))
                : Finding.pass(subject, "is there, for '%s'".formatted(topic.pipeline()));
    }

    /** With a login, a broker tells nobody of topics that he may not describe. */
    private static Finding missing(Topic topic, KafkaAddress address) {
        var subject = "topic " + topic.name();
        var value = "is missing%s, '%s' reads it"
                .formatted(address.security().isEmpty() ? "" : " or forbidden", topic.pipeline());
        return topic.past() == Past.RAN
                ? Finding.fail(subject, value, "'./tandem generate %s' makes and fills it".formatted(topic.pipeline()))
                : Finding.look(subject, value, "'./tandem up %s' makes it".formatted(topic.pipeline()));
    }

    private static Map<String, Object> settings(KafkaAddress address) {
        return address.settings(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
    }

    /** The database at {@code address}. */
    public static Finding database(DatabaseAddress address) {
        try (var connection = address.open()) {
            return answers(address, connection);
        } catch (StoreException e) {
            return refused(address, e);
        } catch (SQLException e) {
            return odd(address, e);
        }
    }

    static Finding answers(DatabaseAddress address, Connection connection) throws SQLException {
        var server = connection.getMetaData();
        return Finding.pass(
                address.kind().word(),
                "%s answers: %s %s"
                        .formatted(
                                address.told(), server.getDatabaseProductName(), server.getDatabaseProductVersion()));
    }

    static Finding odd(DatabaseAddress address, SQLException e) {
        return Finding.look(
                address.kind().word(), "%s: %s".formatted(address.told(), Reason.of(e)), "see the database's own log");
    }

    static boolean refusesLogin(StoreException refusal) {
        return refusal.getCause() instanceof SQLException cause
                && String.valueOf(cause.getSQLState()).startsWith("28");
    }

    static Finding refused(DatabaseAddress address, StoreException refusal) {
        return refusesLogin(refusal)
                ? Finding.fail(
                        address.kind().word(),
                        "%s refuses the user or the password".formatted(address.told()),
                        "check both; for a server of './tandem up' stop it and start it again")
                : Finding.fail(
                        address.kind().word(),
                        "%s does not answer: %s".formatted(address.told(), refusal.getMessage()),
                        "check that the database runs and the address is right; './tandem up' starts one here");
    }
}
