package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.feed.Pace;
import dev.tandem.feed.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pipeline that reads two topics as one log. */
@ExtendWith(Bench.Giver.class)
class SeveralTopicsTest {
    private static final int MICRO_BATCH = 100;

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    private static Stage stage(String suffix) {
        return bench.stage(
                suffix,
                text -> text.replaceFirst("kafka: raw_feed\n", "kafka: [raw_feed, second_raw_feed]\n")
                        .replace("land: { table: tweet_raw, in: mysql, key: [tweet_id] }", "ledger: mysql"));
    }

    private static String second(Stage stage) {
        return stage.pipeline().source().asKafka().orElseThrow().topics().get(1);
    }

    private static void send(Stage stage, String topic, List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", stage.bootstrap());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var it : records) {
                producer.send(new ProducerRecord<>(topic, it.partition(), it.key(), it.value()))
                        .get();
            }
        }
    }

    /** Records with other ids. */
    private static List<ConsumerRecord<byte[], byte[]>> others() {
        var other = bench.stage("_other");
        other.generateMore(250);
        return other.topic("raw_feed");
    }

    private static long drain(Stage stage, TopicStart start) throws InterruptedException {
        var pace = new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(MICRO_BATCH));
        try (var stream = stage.job().stream(pace.from(start))) {
            stream.drainTo(stage.job().input().end());
            return stream.finish("drained").fates().read();
        }
    }

    @Test
    void areReadAsOneLogAndEachIsKnownWhenItIsCreatedAgain() throws Exception {
        var stage = stage("_two");
        stage.generate(600, new Pace.Unpaced());
        var first = stage.topic("raw_feed");
        var others = others();
        send(stage, second(stage), others);
        assertThat(stage.log()).hasSizeGreaterThan(first.size() + 200);
        assertThat(drain(stage, TopicStart.REFUSED)).isEqualTo(stage.log().size());
        NothingLost.in(stage);
        assertThat(stage.rows("select distinct `partition` from tandem_ledger where pipeline = 'tweets_two' order by 1")
                        .told())
                .contains("0", "1000");
        assertThat(drain(stage, TopicStart.REFUSED)).isZero();
        assertBehind(stage, 0);

        long duplicates = stage.ledgerReader().totals().duplicate();
        send(stage, stage.named("raw_feed"), others.subList(others.size() - 50, others.size()));
        assertBehind(stage, 50);
        assertThat(drain(stage, TopicStart.REFUSED)).isEqualTo(50);
        assertThat(stage.ledgerReader().totals().duplicate())
                .as("duplicates are found across topics")
                .isGreaterThan(duplicates);
        try (var topics = new Topics(stage.bootstrap())) {
            int partitions = topics.partitions(second(stage));
            topics.delete(second(stage));
            topics.ensure(second(stage), partitions);
        }
        send(stage, second(stage), first.subList(0, 20));
        assertThatThrownBy(() -> drain(stage, TopicStart.REFUSED))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("'%s': it was deleted and created again".formatted(second(stage)));
        assertThat(drain(stage, TopicStart.EARLIEST)).isEqualTo(20);
        stage.batch();
        var report = stage.compare();
        assertThat(report.unexplained()).isZero();
        assertThat(report.agreement().sentence()).contains("what the earlier topic had in partition 100");
    }

    private static void assertBehind(Stage stage, long records) {
        try (var page = PageOver.of(stage.workspace(), stage.pipeline())) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(
                                    page.data().pulse(page.name()).orElseThrow().lag())
                            .contains(records));
        }
    }
}
