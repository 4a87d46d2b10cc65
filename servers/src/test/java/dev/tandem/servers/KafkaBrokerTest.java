package dev.tandem.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest extends LocalServiceContract {
    private static final TopicPartition SAID = new TopicPartition("said", 0);

    KafkaBrokerTest() {
        super(Kind.KAFKA);
    }

    @Override
    void put(LocalService service, String value) throws Exception {
        var settings = settings(service);
        try (var admin = Admin.create(settings)) {
            if (!admin.listTopics().names().get().contains(SAID.topic())) {
                admin.createTopics(List.of(new NewTopic(SAID.topic(), 1, (short) 1)))
                        .all()
                        .get();
            }
        }
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(SAID.topic(), value)).get();
        }
    }

    @Override
    List<String> values(LocalService service) {
        try (var consumer =
                new KafkaConsumer<>(settings(service), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(SAID));
            consumer.seekToBeginning(List.of(SAID));
            var end = consumer.endOffsets(List.of(SAID)).getOrDefault(SAID, 0L);
            var values = new ArrayList<String>();
            while (consumer.position(SAID) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    @Test
    void makesNoTopicByItsBeingNamed() {
        try (var admin = Admin.create(settings(standing()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("typo"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void endsALeftoverOfAMachineWithoutDeathSignals() throws Exception {
        var nothingOnThePath = Map.of("PATH", "/nowhere");
        try (var holder = Holder.of(Kind.KAFKA, room(), Lifetime.WITH_THIS_JVM, nothingOnThePath)) {
            holder.kill();
            assertThat(room().hasProcess(holder.server())).isTrue();
            assertThat(LocalServices.attach(room().places().home())).isEmpty();
            try (var service = start(Lifetime.WITH_THIS_JVM)) {
                assertThat(room().hasProcess(holder.server())).isFalse();
                assertThat(service.isRunning()).isTrue();
            }
        }
    }

    @Test
    void takesNoStrangersProcessForALeftover() throws Exception {
        var stranger = ProcessHandle.current().pid();
        var directory = room().directory(Kind.KAFKA);
        directory.create();
        directory.write(new ProcessRecord(stranger, 1, Lifetime.UNTIL_STOPPED));
        assertThat(LocalServices.attach(room().places().home())).isEmpty();
        assertThat(directory.record()).isEqualTo(Optional.empty());
    }

    @Test
    void tellsWhatABrokerThatCannotStartSaid() throws Exception {
        var directory = room().directory(Kind.KAFKA);
        Files.createDirectories(directory.data());
        assertThatThrownBy(() -> start(Lifetime.WITH_THIS_JVM))
                .isInstanceOf(LocalServiceException.class)
                .hasMessageStartingWith(
                        "Cannot start kafka: it ended with code 1 before it was ready; fix what it said and start again")
                .hasMessageContaining("last lines of " + directory.log())
                .hasMessageContaining("meta.properties");
        assertThat(directory.record()).isEmpty();
    }

    @Test
    void saysWhichJarsAreMissing() {
        var places = new Places(
                Path.of("/nowhere"), room().places().home(), room().places().cache());
        assertThatThrownBy(() -> KafkaBroker.start(places, Lifetime.WITH_THIS_JVM))
                .hasMessage(
                        "Cannot start kafka: there is no kafka_*.jar in /nowhere/kafka; put the broker's jars there, or point the profile at an existing server");
    }

    private static Map<String, Object> settings(LocalService service) {
        return Map.of("bootstrap.servers", service.address());
    }
}
