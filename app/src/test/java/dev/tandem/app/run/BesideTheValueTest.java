package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and headers of messages as fields: what the stream has read of them, the batch and the comparison read, too. */
@ExtendWith(Bench.Giver.class)
class BesideTheValueTest {
    private static final String FIELDS =
            "created_at TIMESTAMP, author STRING FROM KEY, tenant STRING FROM HEADER 'tenant', part INT FROM PARTITION";
    private static final String VIEW = """
            views:
              per_tenant:
                by: [tenant]
                measures: { tweets: count(*), authors: distinct(author), parts: sum(part) }
            """;
    private static final String OUTPUT = """
            outputs:
              - { view: per_tenant, table: "${mode}_per_tenant", in: mysql }
            """;
    private static final String TABLE = "land: { table: tweet_raw, in: mysql, key: [tweet_id] }";

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    private static String definition(String shipped, String home) {
        return shipped.replace(TABLE, home)
                .replace("created_at TIMESTAMP", FIELDS)
                .replace("views:\n", VIEW)
                .replace("outputs:\n", OUTPUT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the messages so far must give for each tenant. */
    private static final class Expected {
        private final Map<String, Long> tweets = new TreeMap<>();
        private final Map<String, TreeSet<String>> authors = new TreeMap<>();
        private final Map<String, Long> parts = new TreeMap<>();

        void add(String tenant, String author, int partition) {
            tweets.merge(tenant, 1L, Long::sum);
            parts.merge(tenant, (long) partition, Long::sum);
            authors.computeIfAbsent(tenant, it -> new TreeSet<>()).add(author);
        }

        List<String> rows() {
            var rows = new ArrayList<String>();
            tweets.forEach((tenant, count) -> rows.add("%s|%d|%d|%d"
                    .formatted(
                            tenant,
                            count,
                            authors.getOrDefault(tenant, new TreeSet<>()).stream()
                                    .filter(it -> !it.isEmpty())
                                    .count(),
                            parts.get(tenant))));
            return rows;
        }
    }

    /** A third each of tenant a, of b after an earlier header of that name, and of none; every fifth message has no key. */
    private static void send(Stage stage, int from, int until, Expected expected) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", stage.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int number = from; number < until; number++) {
                var author = number % 5 == 0 ? "" : "author " + number % 7;
                var value = "{\"tweet_id\":\"%d\",\"created_at\":\"%s\"}"
                        .formatted(number, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number));
                var message = new ProducerRecord<>(
                        stage.named("raw_feed"), number % 2, author.isEmpty() ? null : bytes(author), bytes(value));
                message.headers().add("secret", bytes("xyzzy"));
                if (number % 3 == 1) {
                    message.headers().add("tenant", bytes("of before"));
                }
                if (number % 3 < 2) {
                    message.headers().add("tenant", bytes(number % 3 == 0 ? "a" : "b"));
                }
                producer.send(message).get();
                expected.add(number % 3 == 2 ? "null" : number % 3 == 0 ? "a" : "b", author, number % 2);
            }
        }
    }

    private static void sendOneWithABinaryKey(Stage stage) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", stage.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var value = "{\"tweet_id\":\"odd\",\"created_at\":\"2026-01-01T00:00:00Z\"}";
            producer.send(new ProducerRecord<>(stage.named("raw_feed"), 0, new byte[] {(byte) 0xFF}, bytes(value)))
                    .get();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"_beside_segments|ledger: mysql", "_beside_table|" + TABLE})
    void areReadAlikeByStreamRestartBatchAndComparison(String suffix, String home) throws Exception {
        var stage = bench.stage(suffix, text -> definition(text, home));
        var expected = new Expected();
        send(stage, 0, 300, expected);
        sendOneWithABinaryKey(stage);
        stage.drain(100);
        send(stage, 300, 450, expected);
        var report = stage.run(100);

        var select = "select tenant, tweets, authors, parts from %s_per_tenant%s order by tenant is null, tenant";
        assertThat(stage.rows(select.formatted("stream", suffix)).told()).isEqualTo(expected.rows());
        assertThat(stage.rows(select.formatted("batch", suffix)).told()).isEqualTo(expected.rows());
        assertThat(report.unexplained()).isZero();
        assertThat(report.agreement().views().get("per_tenant"))
                .satisfies(view -> assertThat(view.compared()).isEqualTo(3))
                .satisfies(view -> assertThat(view.differing()).isZero());
        assertThat(stage.rows("select reason, convert(raw using utf8mb4) from tandem_quarantine where pipeline = '%s'"
                                .formatted(stage.name()))
                        .told())
                .singleElement()
                .asString()
                .startsWith("malformed|{\"key\":{\"not UTF-8\":\"/w==\"}}\n{\"tweet_id\":\"odd\"");
        assertThat(landed(stage)).hasSize(451).allMatch(it -> !it.contains("xyzzy"));
    }

    private static List<String> landed(Stage stage) {
        var log = stage.job().store().log();
        var texts = new ArrayList<String>();
        for (var slice : log.slices(stage.ledgerReader().lastCut().orElseThrow(), 1)) {
            try (var records = log.read(slice)) {
                records.forEachRemaining(it -> texts.add(new String(it.raw().bytes(), StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }
}
