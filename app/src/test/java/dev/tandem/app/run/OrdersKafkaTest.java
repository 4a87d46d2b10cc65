package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.feed.FeedSummary;
import dev.tandem.model.Mode;
import dev.tandem.page.data.TopicLine;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.OrdersOracle;
import dev.tandem.testkit.oracle.OrdersView;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same orders through Kafka: the profile {@code kafka} chooses another source and nothing else. */
@ExtendWith(Bench.Giver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersKafkaTest {
    private static final String TOPIC = "ecommerce-orders";
    private static final String GROUP = "spark-ecommerce-group";
    private static final List<OrdersView> TABLES = List.of(
            OrdersView.WINDOWED_REVENUE, OrdersView.DAILY_REVENUE, OrdersView.PRODUCT_REVENUE, OrdersView.TOP_PRODUCTS);

    private Trial trial;
    private FeedSummary fed;
    private List<LogRecord> log;
    private OrdersOracle oracle;
    private Report report;

    @BeforeAll
    void run(Bench bench) throws InterruptedException {
        trial = Trial.of("orders", bench.workspace(), Optional.of("kafka"), UnaryOperator.identity());
        fed = trial.generate(trial.feeding().usualEvents(), Duration.ofSeconds(1));
        report = trial.run(2_000);
        log = trial.topic(TOPIC);
        oracle = OrdersOracle.over(log);
        oracle.cutInto(trial.microBatches(), trial.pipeline().watermark().delay());
    }

    @AfterAll
    void close() {
        trial.close();
        if (oracle != null) {
            oracle.close();
        }
    }

    private static String text(LogRecord record) {
        return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
    }

    @Test
    void S1_24_areAllSentAndNoneFails() {
        assertThat(fed.acked()).isEqualTo(10_200);
        assertThat(fed.failed()).isZero();
        assertThat(log).hasSize(10_200);
    }

    /** A bare NaN is no JSON; where it were read as a missing value, the reason would be another and the row still refused. */
    @Test
    void S1_24_aMissingIdThatIsABareNaNIsQuarantined() {
        var bare = log.stream()
                .filter(it -> text(it).contains("\"order_id\":NaN"))
                .map(it -> it.partition() + "-" + it.position())
                .toList();
        assertThat(bare).hasSize(100);
        assertThat(trial.rows("select \"partition\" || '-' || position from tandem_quarantine")
                        .told())
                .containsAll(bare)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void S1_24_S1_29_giveWhatTheOracleSays(Mode mode) {
        for (var view : TABLES) {
            var table = trial.table(view.name().toLowerCase(Locale.ROOT), mode);
            assertThat(table).startsWith(mode.word() + "_kafka_");
            assertThat(oracle.differences(view, Orders.side(mode), trial.rows("select * from " + table)))
                    .as("%s", view)
                    .isEmpty();
        }
        var lake = Orders.lake(trial, "kafka_windowed_revenue", mode)
                .rows("* replace (window_start at time zone 'UTC' as window_start,"
                        + " window_end at time zone 'UTC' as window_end)");
        assertThat(oracle.differences(OrdersView.WINDOWED_REVENUE, Orders.side(mode), lake))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void S1_10_S1_24_areAllAccountedFor(Mode mode) {
        var fates = oracle.fates();
        long refused = fates.entrySet().stream()
                .filter(it -> !List.of("duplicate", "cancelled", "valid").contains(it.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(report.runs().conservation().get(mode))
                .returns(10_200L, Report.Conservation::read)
                .returns(refused, Report.Conservation::quarantined)
                .returns(fates.get("duplicate"), Report.Conservation::duplicate)
                .returns(fates.get("cancelled"), Report.Conservation::split)
                .returns(fates.get("valid"), Report.Conservation::counted);
    }

    @Test
    void S1_24_agreeInBothModes() {
        assertThat(report.verdict()).isIn(Verdict.AGREE, Verdict.AGREE_WITH_CAUSES);
        assertThat(report.unexplained()).isZero();
    }

    @Test
    void S1_26_leaveTheOffsetsOfTheConsumerGroupInKafka() {
        try (var admin = admin()) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(committed(admin))
                            .isEqualTo(trial.job().input().end()));
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, trial.services().bootstrap()));
    }

    private static Map<Integer, Long> committed(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(it -> it.getKey().topic().equals(TOPIC))
                .collect(Collectors.toMap(
                        it -> it.getKey().partition(), it -> it.getValue().offset()));
    }

    @Test
    void S1_25_standOnThePageWithTheirTopicMessagesAndLag() {
        try (var page = PageOver.of(trial.workspace(), trial.pipeline())) {
            var topic = page.data().topics().stream()
                    .filter(it -> it.name().equals(TOPIC))
                    .findFirst()
                    .orElseThrow();
            assertThat(topic.partitions().stream()
                            .mapToLong(it -> it.until() - it.from())
                            .sum())
                    .isEqualTo(10_200);
            assertThat(topic.groups()).extracting(TopicLine.Group::name).contains(GROUP, "stream of " + page.name());
            assertThat(topic.groups())
                    .filteredOn(it -> it.name().equals("stream of " + page.name()))
                    .flatExtracting(it -> it.lag().values())
                    .containsOnly(0L);
            assertThat(page.data().messages(TOPIC, 20))
                    .hasSize(20)
                    .allMatch(it -> it.value().orElse("").contains("order_id"));
        }
    }

    @Test
    void S1_25_tellOnThePageHowFarTheStreamIsBehind() {
        try (var page = PageOver.of(trial.workspace(), trial.pipeline())) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            page.data().pulse(page.name()).orElseThrow().lag().isPresent());
            assertThat(page.data().pulse(page.name()).orElseThrow().lag()).contains(0L);
        }
    }

    @Test
    void S1_26_stayInTheTopicToBeReadAgain() {
        assertThat(trial.topic(TOPIC)).hasSameSizeAs(log);
        assertThat(log).extracting(LogRecord::partition).contains(0, 1);
    }

    @Test
    void S1_26_canBePlayedAgainThroughABrokerOfItsOwn() throws InterruptedException {
        var wish = new Replay.Request(
                trial.pipeline(),
                Optional.empty(),
                Optional.of(Duration.ofHours(2)),
                Optional.of(7L),
                Optional.empty(),
                List.of());
        var again = new Replay(Hosting.local(trial.workspace()), Clock.systemUTC(), new Bench.Silent())
                .run(wish)
                .report();
        assertThat(again.runs().conservation().get(Mode.STREAM)).returns(10_200L, Report.Conservation::read);
        assertThat(again.unexplained()).isZero();
        assertThat(trial.topic(TOPIC)).hasSameSizeAs(log);
    }
}
