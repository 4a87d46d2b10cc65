package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.TopicLog;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.feed.Pace;
import dev.tandem.feed.Topics;
import dev.tandem.model.KafkaAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic that is not what it was: created again, cut by retention, or with a transaction that nobody ends. */
@ExtendWith(Bench.Giver.class)
class ChangedTopicTest {
    private static final int MICRO_BATCH = 100;

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    private static long drain(Stage stage, TopicStart start) throws InterruptedException {
        var pace = new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(MICRO_BATCH));
        try (var stream = stage.job().stream(pace.from(start))) {
            stream.drainTo(stage.job().input().end());
            stream.run().closeWindows();
            return stream.finish("drained").fates().read();
        }
    }

    private static void createAgain(Stage stage) {
        try (var topics = new Topics(stage.bootstrap())) {
            var topic = stage.named("raw_feed");
            int partitions = topics.partitions(topic);
            topics.delete(topic);
            topics.ensure(topic, partitions);
        }
    }

    private static void assertRefused(Stage stage, String reason) {
        assertThatThrownBy(() -> drain(stage, TopicStart.REFUSED))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("Start the stream with --from earliest");
    }

    @Test
    void thatWasCreatedAgainIsRefusedAndReadFromItsBeginningWhenAsked() throws Exception {
        var stage = bench.stage("_anew");
        stage.generate(1_000, new Pace.Unpaced());
        long first = drain(stage, TopicStart.REFUSED);
        createAgain(stage);
        // More records than before: offsets alone would tell nothing.
        stage.generateMore(1_500);
        assertRefused(stage, "it was deleted and created again");
        assertThat(stage.ledgerReader().totals().read()).isEqualTo(first);
        assertThat(drain(stage, TopicStart.EARLIEST)).isEqualTo(stage.log().size());
        assertThat(stage.ledgerReader().totals().read())
                .isEqualTo(first + stage.log().size());
        assertThat(drain(stage, TopicStart.REFUSED)).isZero();
        stage.batch();
        var report = stage.compare();
        assertThat(report.unexplained()).isZero();
        assertThat(report.agreement().sentence())
                .contains("Neither has read some records of the topic")
                .contains("what the earlier topic had in partition 0 from position ");
        int read = stage.log().size();
        stage.generateMore(300);
        assertBehind(stage, stage.log().size() - (long) read);
    }

    /** The page counts from the broker's offsets, which the shift of the ledger's positions must not hide. */
    private static void assertBehind(Stage stage, long records) {
        assertThat(records).isPositive();
        try (var page = PageOver.of(stage.workspace(), stage.pipeline())) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(
                                    page.data().pulse(page.name()).orElseThrow().lag())
                            .contains(records));
        }
    }

    @Test
    void thatIsACopyOfTheEarlierOneIsReadOnAtTheSamePosition() throws Exception {
        var stage = bench.stage("_copy");
        stage.generate(600, new Pace.Unpaced());
        long first = drain(stage, TopicStart.REFUSED);
        var before = stage.topic("raw_feed");
        createAgain(stage);
        assertThatThrownBy(() -> drain(stage, TopicStart.SAME_POSITION))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("so it is no copy; use --from earliest");
        copy(before, stage);
        stage.generateMore(200);
        assertThat(drain(stage, TopicStart.SAME_POSITION)).isEqualTo(stage.log().size() - first);
        NothingLost.in(stage);
    }

    private static void copy(List<ConsumerRecord<byte[], byte[]>> records, Stage stage) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", stage.bootstrap());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var it : records) {
                producer.send(new ProducerRecord<>(it.topic(), it.partition(), it.key(), it.value()))
                        .get();
            }
        }
    }

    @Test
    void whoseRetentionPassedTheStreamIsReadOnBehindTheGapWhenAsked() throws Exception {
        var stage = bench.stage("_cut");
        stage.generate(400, new Pace.Unpaced());
        long first = drain(stage, TopicStart.REFUSED);
        stage.generateMore(300);
        long all = stage.log().size();
        var end = stage.end();
        deleteUntil(stage, partition -> end.getOrDefault(partition, 0L) - 10);
        assertRefused(stage, "the broker deleted the records from ");
        long left = stage.log().size();
        assertThat(left).isLessThan(all - first);
        assertThat(drain(stage, TopicStart.EARLIEST)).isEqualTo(left);
        assertThat(drain(stage, TopicStart.REFUSED)).isZero();
        stage.batch();
        var report = stage.compare();
        assertThat(report.unexplained()).isZero();
        assertThat(report.agreement().sentence()).contains("Neither has read some records of the topic: positions ");
        assertThat(readAsALog(stage, 1)).containsExactlyElementsOf(content(stage));
        assertThat(readAsALog(stage, 6)).containsExactlyElementsOf(content(stage));
    }

    @Test
    void ofWhichRetentionHasLeftNothingIsDrainedAtOnceAndReadOn() throws Exception {
        var stage = bench.stage("_gone");
        stage.generate(300, new Pace.Unpaced());
        var end = stage.end();
        deleteUntil(stage, partition -> end.getOrDefault(partition, 0L));
        assertThat(drain(stage, TopicStart.REFUSED)).isZero();
        assertThat(drain(stage, TopicStart.REFUSED)).isZero();
        stage.generateMore(200);
        assertThat(stage.log()).isNotEmpty();
        assertThat(drain(stage, TopicStart.REFUSED)).isEqualTo(stage.log().size());
        stage.batch();
        assertThat(stage.compare().unexplained()).isZero();
    }

    /** The broker's cleaner looks at a topic every 15 seconds. */
    @Test
    @Tag("deep")
    void thatIsCompactedWhileItIsReadGivesWhatIsLeftAndKeepsWhatHasLanded() throws Exception {
        var stage = bench.stage("_compact");
        stage.generate(400, new Pace.Unpaced());
        var records = stage.topic("raw_feed");
        compacted(stage);
        sendByKey(stage, records.subList(0, 200), 40);
        awaitCompaction(stage, 200);
        int left = stage.log().size();
        assertThat(drain(stage, TopicStart.REFUSED)).isEqualTo(left);
        NothingLost.in(stage);

        sendByKey(stage, records.subList(200, records.size()), 40);
        long added = stage.log().size() - (long) left;
        assertThat(drain(stage, TopicStart.REFUSED)).isEqualTo(added);
        awaitCompaction(stage, left + added);
        stage.batch();
        assertThat(stage.compare().unexplained()).isZero();
        assertThat(stage.ledgerReader().totals().read()).isEqualTo(left + added);
        assertThat(drain(stage, TopicStart.REFUSED)).isZero();
    }

    private static void compacted(Stage stage) throws Exception {
        var topic = stage.named("raw_feed");
        var settings = Map.of(
                "cleanup.policy", "compact",
                "segment.ms", "50",
                "min.cleanable.dirty.ratio", "0.001",
                "delete.retention.ms", "0");
        try (var topics = new Topics(stage.bootstrap());
                var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", stage.bootstrap()))) {
            topics.delete(topic);
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty()).configs(settings)))
                    .all()
                    .get();
        }
    }

    /** With few keys, so that most are overwritten; the last ones close the segments before them. */
    private static void sendByKey(Stage stage, List<ConsumerRecord<byte[], byte[]>> records, int keys)
            throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", stage.bootstrap());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int index = 0; index < records.size(); index++) {
                int key = index % keys;
                var value = records.get(index).value();
                producer.send(new ProducerRecord<>(stage.named("raw_feed"), key % 2, new byte[] {(byte) key}, value))
                        .get();
            }
            for (int partition = 0; partition < 2; partition++) {
                Thread.sleep(100);
                producer.send(new ProducerRecord<>(
                                stage.named("raw_feed"),
                                partition,
                                new byte[] {100},
                                records.get(partition).value()))
                        .get();
            }
        }
    }

    private static void awaitCompaction(Stage stage, long records) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> stage.log().size() < records / 2);
    }

    private static List<String> content(Stage stage) {
        return stage.topic("raw_feed").stream()
                .sorted(Comparator.comparingInt((ConsumerRecord<byte[], byte[]> it) -> it.partition())
                        .thenComparingLong(it -> it.offset()))
                .map(it -> "%d-%d %d %s"
                        .formatted(
                                it.partition(),
                                it.offset(),
                                it.timestamp(),
                                new String(it.value(), StandardCharsets.UTF_8)))
                .toList();
    }

    /** What {@code attach} reads of a topic that no stream of Tandem's has landed. */
    private static List<String> readAsALog(Stage stage, int parts) {
        var read = new ArrayList<String>();
        try (var log = TopicLog.of(KafkaAddress.plain(stage.bootstrap()), stage.named("raw_feed"))) {
            for (var slice : log.slices(log.cut(), parts)) {
                try (var records = log.read(slice)) {
                    records.forEachRemaining(it -> read.add("%s %d %s"
                            .formatted(
                                    it.at(),
                                    it.arrivedMillis(),
                                    new String(it.raw().bytes(), StandardCharsets.UTF_8))));
                }
            }
        }
        return read;
    }

    private interface Until {
        long of(int partition);
    }

    private static void deleteUntil(Stage stage, Until until) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", stage.bootstrap()))) {
            var deleted = new HashMap<TopicPartition, RecordsToDelete>();
            stage.end()
                    .keySet()
                    .forEach(partition -> deleted.put(
                            new TopicPartition(stage.named("raw_feed"), partition),
                            RecordsToDelete.beforeOffset(until.of(partition))));
            admin.deleteRecords(deleted).all().get();
        }
    }

    /** A topic that keeps the senders' timestamps, and senders that have none. */
    private static void sendWithoutTime(Stage stage, List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        var topic = stage.named("raw_feed");
        try (var topics = new Topics(stage.bootstrap());
                var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", stage.bootstrap()))) {
            topics.delete(topic);
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())
                            .configs(Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1"))))
                    .all()
                    .get();
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", stage.bootstrap());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var it : records) {
                producer.send(new ProducerRecord<>(topic, it.offset() % 2 == 0 ? 0 : 1, 0L, it.key(), it.value()))
                        .get();
            }
        }
    }

    @Test
    void whoseTimestampsAreOf1970IsRefusedOnceAndReadWhenItsArrivalIs() throws Exception {
        var stage = bench.stage("_epoch");
        stage.generate(200, new Pace.Unpaced());
        var records = stage.topic("raw_feed");
        sendWithoutTime(stage, records);
        assertThatThrownBy(() -> drain(stage, TopicStart.REFUSED))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("from 1970-01-01T00:00:00Z to 1970-01-01T00:00:00Z")
                .hasMessageContaining("'arrival: read'");
        assertThat(stage.ledgerReader().lastCut()).isEmpty();
        var reading = bench.stage("_arrives", text -> text.replaceFirst("  kafka: raw_feed", "$0\n  arrival: read"));
        sendWithoutTime(reading, records);
        assertThat(drain(reading, TopicStart.REFUSED)).isEqualTo(records.size());
        assertThat(reading.ledgerReader().quarantineReasons(Long.MAX_VALUE)).doesNotContainKey("future_dated");
        reading.batch();
        assertThat(reading.compare().unexplained()).isZero();
    }

    @Test
    void withAnOpenTransactionAtItsEndIsDrainedUpToIt() throws Exception {
        var stage = bench.stage("_open");
        stage.generate(300, new Pace.Unpaced());
        long readable = stage.log().size();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stage.bootstrap(), "transactional.id", "never-ended");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int record = 0; record < 3; record++) {
                producer.send(new ProducerRecord<>(stage.named("raw_feed"), 0, null, new byte[] {'{', '}'}))
                        .get();
            }
            assertThat(drain(stage, TopicStart.REFUSED)).isEqualTo(readable);
            assertThat(stage.job().input().heldBack())
                    .singleElement()
                    .asString()
                    .startsWith("3 positions of partition 0 of topic '%s' are behind an open transaction"
                            .formatted(stage.named("raw_feed")));
            producer.commitTransaction();
        }
        assertThat(drain(stage, TopicStart.REFUSED)).isEqualTo(3);
        assertThat(stage.job().input().heldBack()).isEmpty();
    }
}
