package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.app.environment.Environment;
import dev.tandem.app.lineage.CollectedEvents;
import dev.tandem.engine.EngineException;
import dev.tandem.parity.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic of Avro records by two versions of a schema, written by Avro's own library. */
@ExtendWith(Bench.Giver.class)
class AvroTest {
    private static final String DEFINITION = """
            pipeline: tweets
            time: { event: created_at }
            source: { kafka: raw_feed, format: avro, ledger: mysql }
            schema: "tweet_id STRING NOT NULL, created_at TIMESTAMP, likes BIGINT FROM '$.stats.likes', tag STRING FROM '$.tags[0]'"
            views:
              totals: { by: [tag], measures: { tweets: count(*), likes: sum(likes) } }
            outputs:
              - { view: totals, table: "${mode}_totals", in: mysql }
            """;
    private static final String FIRST = """
            {"type":"record","name":"Tweet","fields":[
              {"name":"tweet_id","type":"string"},
              {"name":"created_at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"stats","type":{"type":"record","name":"Stats","fields":[{"name":"likes","type":"int"}]}}]}""";
    private static final String SECOND = """
            {"type":"record","name":"Tweet","fields":[
              {"name":"text","type":"string","default":""},
              {"name":"tweet_id","type":"string"},
              {"name":"created_at","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
              {"name":"stats","type":["null",{"type":"record","name":"Stats","fields":[{"name":"likes","type":"long"}]}]},
              {"name":"tags","type":{"type":"array","items":"string"},"default":[]}]}""";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    private static GenericRecord tweet(int number, boolean second) {
        var schema = new Schema.Parser().parse(second ? SECOND : FIRST);
        var stats = schema.getField("stats").schema();
        var likes = new GenericData.Record(second ? stats.getTypes().get(1) : stats);
        likes.put("likes", second ? (Object) (long) number : (Object) number);
        var tweet = new GenericData.Record(schema);
        tweet.put("tweet_id", "t" + number);
        long millis = START.plusSeconds(number).toEpochMilli();
        tweet.put("created_at", second ? millis * 1_000 : millis);
        tweet.put("stats", likes);
        if (second) {
            tweet.put("text", "ä".repeat(number % 50));
            tweet.put("tags", number % 2 == 0 ? List.of() : List.of("odd", "x"));
        }
        return tweet;
    }

    private static byte[] message(int id, GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        return out.toByteArray();
    }

    private static void send(Stage stage, List<byte[]> messages) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", stage.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (var message : messages) {
                producer.send(new ProducerRecord<>(stage.named("raw_feed"), message))
                        .get();
            }
        }
    }

    /** 1 to 100 by the first version, 101 to 200 by the second, and two messages that nobody can read. */
    private static List<byte[]> messages() throws IOException {
        var messages = new ArrayList<byte[]>();
        for (int number = 1; number <= 200; number++) {
            messages.add(message(number > 100 ? 12 : 11, tweet(number, number > 100)));
        }
        messages.add(message(99, tweet(1_000, true)));
        messages.add("{\"tweet_id\":\"json\"}".getBytes(StandardCharsets.UTF_8));
        return messages;
    }

    private static List<String> totals(Stage stage, String mode) {
        return stage.rows("select tag, tweets, likes from %s_totals_avro order by tag".formatted(mode))
                .told();
    }

    @Test
    void isReadAlikeByBothModesWhateverTheRegistryAnswersLater() throws Exception {
        try (var registry = new LocalRegistry();
                var lineage = new CollectedEvents()) {
            registry.register(11, "raw_feed-value", 1, FIRST);
            registry.register(12, "raw_feed-value", 2, SECOND);
            var variables = new HashMap<>(registry.variables());
            variables.put("OPENLINEAGE_URL", lineage.url());
            variables.put("OPENLINEAGE_API_KEY", CollectedEvents.KEY);
            var environment = Environment.read(variables, bench.workspace().home(), Optional.empty());
            var stage = bench.stage("_avro", text -> DEFINITION).in(environment);
            send(stage, messages());

            registry.away(true);
            assertThatThrownBy(() -> stage.drain(100))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            it -> assertThat(it.retryable()).isTrue())
                    .hasMessageContaining("Cannot ask the schema registry");
            assertThat(stage.ledgerReader().totals().read()).isZero();
            registry.away(false);
            stage.drain(100);
            registry.register(99, "other", 1, SECOND);
            stage.batch();
            registry.stop();
            stage.batch();

            // 1 + … + 100 and the even numbers to 200 without a tag; the odd ones from 101 with one.
            var expected =
                    List.of("null|150|%d".formatted(5_050 + 50 * (102 + 200) / 2), "odd|50|" + 50 * (101 + 199) / 2);
            assertThat(totals(stage, "stream")).isEqualTo(expected);
            assertThat(totals(stage, "batch")).isEqualTo(expected);
            assertThat(stage.compare().verdict()).isEqualTo(Verdict.AGREE);
            assertThat(stage.rows("select detail from tandem_quarantine where pipeline = '%s' order by detail"
                                    .formatted(stage.name()))
                            .told())
                    .containsExactly(
                            "the record does not begin with the byte 0 and the id of a schema, as clients of a schema registry write it",
                            "the schema registry has no Avro schema of the id 99");
            assertTold(lineage, stage);
        }
    }

    private static void assertTold(CollectedEvents lineage, Stage stage) {
        assertThat(lineage.events())
                .extracting(it -> it.path("job").path("name").asText() + " "
                        + it.path("eventType").asText())
                .containsExactly(
                        "tweets_avro.stream START",
                        "tweets_avro.stream FAIL",
                        "tweets_avro.stream START",
                        "tweets_avro.stream COMPLETE",
                        "tweets_avro.batch START",
                        "tweets_avro.batch COMPLETE",
                        "tweets_avro.batch START",
                        "tweets_avro.batch COMPLETE",
                        "tweets_avro.compare START",
                        "tweets_avro.compare COMPLETE");
        var failed = lineage.events().get(1);
        assertThat(failed.at("/inputs/0").toString())
                .isEqualTo("{\"namespace\":\"kafka://%s\",\"name\":\"raw_feed_avro\"}".formatted(stage.bootstrap()));
        assertThat(failed.at("/run/facets/errorMessage/message").asText()).contains("Cannot ask the schema registry");
        var compared = lineage.events().get(9).path("inputs");
        assertThat(compared)
                .extracting(it -> it.path("name").asText().replaceFirst(".*\\.", ""))
                .containsExactly("stream_totals_avro", "batch_totals_avro");
        assertThat(compared)
                .allSatisfy(
                        it -> assertThat(it.at("/inputFacets/dataQualityAssertions/assertions")
                                        .toString())
                                .isEqualTo(
                                        "[{\"assertion\":\"stream equals batch\",\"success\":true},"
                                                + "{\"assertion\":\"every difference between stream and batch is explained\",\"success\":true}]"));
    }
}
