package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.app.TandemCommand;
import dev.tandem.app.environment.Environment;
import dev.tandem.feed.Fault;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Pace;
import dev.tandem.model.Mode;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.servers.Lifetime;
import dev.tandem.testkit.oracle.ActivityOracle;
import dev.tandem.testkit.oracle.ActivityView;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two visits of a site, two hours apart, through Kafka into PostgreSQL, a lake and a topic. On the way Spark loses its note of the
 * last micro-batch once and its whole checkpoint once.
 */
@ExtendWith(Bench.Giver.class)
class ActivityTest {
    private static final int EVENTS = 400;
    private static final int MICRO_BATCH = 20;

    @TempDir
    private static Path folder = Path.of("");

    private static Trial trial;
    private static FeedSummary fed;
    private static ActivityOracle whole;
    private static ActivityOracle cut;
    private static Report report;
    private static String ddl;

    @BeforeAll
    static void runItAll(Bench bench) throws Exception {
        trial = Trial.of("user_activity", bench.withPostgres(), Optional.empty(), text -> text);
        ddl = TandemCommand.run(trial.workspace().home(), "ddl", "user_activity", "--in", "postgres")
                .out();
        fed = trial.generate(OptionalLong.of(EVENTS), Duration.ofSeconds(1));
        generateTwoHoursLater();
        streamUntil(5);
        Files.delete(latestCommit());
        streamUntil(10);
        delete(trial.workspace().checkpoint("user_activity"));
        report = trial.run(MICRO_BATCH);
        var log = trial.topic("user_activity");
        whole = ActivityOracle.over(log);
        cut = ActivityOracle.over(log);
        cut.cutInto(trial.microBatches(), Duration.ofMinutes(2));
    }

    @AfterAll
    static void close() {
        whole.close();
        cut.close();
        trial.close();
    }

    private static void generateTwoHoursLater() {
        trial.feeding()
                .send(
                        new Feeding.Request(
                                Optional.empty(),
                                OptionalLong.of(EVENTS),
                                Optional.of(Duration.ofSeconds(1)),
                                Trial.START.plus(Duration.ofHours(2)),
                                Optional.empty(),
                                Optional.of(8L),
                                new Pace.Unpaced()),
                        trial.workspace().truth("user_activity_later"));
    }

    private static void streamUntil(long last) {
        try (var stream = trial.stream(MICRO_BATCH)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> stream.run().lastMicroBatch() >= last);
        }
    }

    private static Path latestCommit() throws IOException {
        try (var files =
                Files.list(trial.workspace().checkpoint("user_activity").resolve("commits"))) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .max(Comparator.comparing(
                            file -> Long.valueOf(file.getFileName().toString())))
                    .orElseThrow();
        }
    }

    private static void delete(Path checkpoint) throws IOException {
        try (var files = Files.walk(checkpoint)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<String> differences(ActivityOracle oracle, ActivityView view, Side side, Mode mode) {
        var table = trial.table(view.name().toLowerCase(Locale.ROOT), mode);
        return oracle.differences(view, side, trial.rows("select * from " + table));
    }

    @Nested
    class TheFeed {
        @Test
        void S3_01_fillsTheTopicWithFourKindsOfEvents() {
            var log = trial.topic("user_activity");
            assertThat(log).hasSize(2 * EVENTS);
            for (var kind : List.of("page_view", "click", "session_start", "session_end")) {
                assertThat(log).anyMatch(it -> told(it).contains("\"" + kind + "\""));
            }
        }

        @Test
        void S3_01_sendsOneInTwentyOneLate() {
            assertThat(fed.faults().getOrDefault(Fault.LATE, 0L)).isBetween(EVENTS / 23L, EVENTS / 20L);
        }

        private static String told(LogRecord record) {
            return new String(record.value(), StandardCharsets.UTF_8);
        }
    }

    @Nested
    class TheTables {
        @Test
        void S3_02_countPageViewsOfAMinuteAsTheOracleDoes() {
            assertThat(differences(whole, ActivityView.PAGE_VIEW_COUNTS, Side.BATCH, Mode.BATCH))
                    .isEmpty();
            assertThat(differences(cut, ActivityView.PAGE_VIEW_COUNTS, Side.STREAM, Mode.STREAM))
                    .isEmpty();
        }

        @Test
        void S3_03_countActiveUsersOfFiveMinutesEveryMinuteAsTheOracleDoes() {
            assertThat(differences(whole, ActivityView.ACTIVE_USERS, Side.BATCH, Mode.BATCH))
                    .isEmpty();
            assertThat(differences(cut, ActivityView.ACTIVE_USERS, Side.STREAM, Mode.STREAM))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void S3_04_tellSessionsAsTheOracleDoes(Mode mode) {
            assertThat(differences(whole, ActivityView.USER_SESSIONS, Side.BATCH, mode))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void S3_04_keepBothSessionsOfAUser(Mode mode) {
            assertThat(trial.rows(
                                    "select to_char(session_start_time, 'HH24:MI:SS'), to_char(session_end_time, 'HH24:MI:SS'),"
                                            + " session_duration_seconds from %s where user_id = 'user_A' order by 1"
                                                    .formatted(trial.table("user_sessions", mode)))
                            .told())
                    .containsExactly("00:00:05|00:00:16|11", "02:00:05|02:00:16|11");
        }

        @Test
        void S3_11_answerToTheNamesOfTheReference() {
            assertThat(trial.rows("SELECT * FROM page_view_counts LIMIT 10"))
                    .satisfies(it -> assertThat(it.cells()).hasSize(10))
                    .satisfies(it ->
                            assertThat(it.columns()).contains("window_start", "window_end", "page_url", "view_count"));
            assertThat(trial.rows("SELECT * FROM active_users LIMIT 10"))
                    .satisfies(it -> assertThat(it.cells()).hasSize(10))
                    .satisfies(
                            it -> assertThat(it.columns()).contains("window_start", "window_end", "active_user_count"));
            assertThat(trial.rows("SELECT * FROM user_sessions LIMIT 10"))
                    .satisfies(it -> assertThat(it.cells()).isNotEmpty())
                    .satisfies(it -> assertThat(it.columns())
                            .contains("user_id", "session_start_time", "session_end_time", "session_duration_seconds"));
        }

        @Test
        void S3_12_standInTheGeneratedDdl() {
            assertThat(ddl.toLowerCase(Locale.ROOT))
                    .contains("create table", "page_view_counts", "active_users", "user_sessions", "user_activity_raw");
        }
    }

    @Nested
    class EventsThreeMinutesLate {
        @Test
        void S3_05_areRefusedByTheStreamAndStandInTheLateLane() {
            var views = new HashSet<String>();
            for (var record : trial.topic("user_activity")) {
                if (new String(record.value(), StandardCharsets.UTF_8).contains("\"page_view\"")) {
                    views.add(record.partition() + "-" + record.position());
                }
            }
            var late = cut.late(Duration.ofMinutes(1), Duration.ofMinutes(1)).stream()
                    .filter(views::contains)
                    .toList();
            assertThat(late).isNotEmpty();
            assertThat(trial.rows("select distinct concat(\"partition\", '-', position) from tandem_late"
                                    + " where pipeline = 'user_activity' and view = 'page_view_counts'")
                            .told())
                    .containsExactlyInAnyOrderElementsOf(late);
        }

        @Test
        void S3_05_areCountedByTheBatchAndNamedAsTheCause() {
            assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
            assertThat(report.unexplained()).isZero();
            assertThat(report.causes()).containsOnlyKeys(Cause.LATE, Cause.LATE_PARTIAL);
            assertThat(viewsOf(Mode.BATCH)).isGreaterThan(viewsOf(Mode.STREAM));
        }

        private static long viewsOf(Mode mode) {
            return trial.rows("select view_count from " + trial.table("page_view_counts", mode))
                    .sum("view_count");
        }
    }

    @Nested
    class MicroBatchesThatCameTwice {
        @Test
        void S3_06_leaveTheRightValueInEveryWindow() {
            assertThat(trial.rows("select revision from page_view_counts where revision > 1")
                            .cells())
                    .as("windows that a later micro-batch updated")
                    .isNotEmpty();
            for (var view : List.of(ActivityView.PAGE_VIEW_COUNTS, ActivityView.ACTIVE_USERS)) {
                assertThat(differences(cut, view, Side.STREAM, Mode.STREAM)).isEmpty();
            }
        }

        @Test
        void S3_06_areCountedOnceEach() {
            assertThat(report.runs().conservation()).containsOnlyKeys(Mode.STREAM, Mode.BATCH);
            assertThat(report.runs().conservation().values())
                    .allSatisfy(fates -> assertThat(fates.read()).isEqualTo(2L * EVENTS));
        }

        @Test
        void S3_06_meetAPrimaryKeyInEveryTable() {
            assertThat(trial.rows("select table_name from information_schema.table_constraints"
                                    + " where constraint_type = 'PRIMARY KEY'")
                            .told())
                    .contains("page_view_counts", "active_users", "user_sessions", "user_activity_raw");
        }
    }

    @Nested
    class TheLakeAndTheTopic {
        private static final String EVENT = "user_id, event_type, page_url, epoch_ms(event_time::timestamptz)";

        private static List<String> sent() {
            var file = DuckLook.lines(trial.topic("user_activity"), folder.resolve("sent.jsonl"));
            return DuckLook.rows(
                            "select %s from read_json('%s', format = 'newline_delimited', columns = {%s})"
                                    .formatted(
                                            EVENT,
                                            file,
                                            "event_time: 'varchar', user_id: 'varchar', page_url: 'varchar', event_type: 'varchar'"))
                    .told();
        }

        @Test
        void S3_07_haveEveryEventOnceInAPartitionOfItsDay() {
            var lake = trial.file("data/lake");
            assertThat(lake).isDirectoryContaining(it -> it.endsWith("event_date=2026-01-01"));
            var kept =
                    DuckLook.rows("select %s from read_parquet('%s/event_date=*/*.parquet', hive_partitioning = true)"
                            .formatted(EVENT, lake));
            assertThat(kept.told()).containsExactlyInAnyOrderElementsOf(sent());
        }

        @Test
        void S3_07_haveNoEventUnderAnotherDay() {
            assertThat(DuckLook.rows(("select distinct event_date::varchar from"
                                            + " read_parquet('%s/event_date=*/*.parquet', hive_partitioning = true)"
                                            + " where event_date::varchar <> strftime(event_time, '%%Y-%%m-%%d')")
                                    .formatted(trial.file("data/lake")))
                            .told())
                    .isEmpty();
        }

        @Test
        void S3_08_haveEveryEventOnceWithTheTimeItWasProcessed() {
            var messages = TopicContent.of(trial.services().bootstrap(), "enriched_activity");
            var file = DuckLook.lines(
                    messages.stream()
                            .map(it -> new LogRecord(it.partition(), it.offset(), it.timestamp(), it.value()))
                            .toList(),
                    folder.resolve("enriched.jsonl"));
            var enriched = "read_json('%s', format = 'newline_delimited', columns = {%s})"
                    .formatted(
                            file,
                            "event_time: 'varchar', user_id: 'varchar', page_url: 'varchar', event_type: 'varchar',"
                                    + " processing_time: 'varchar'");
            assertThat(DuckLook.rows("select %s from %s".formatted(EVENT, enriched))
                            .told())
                    .containsExactlyInAnyOrderElementsOf(sent());
            assertThat(DuckLook.rows("select distinct processing_time is null from " + enriched)
                            .told())
                    .containsExactly("false");
        }

        @Test
        void S3_08_haveTheUserAsTheKeyOfEachMessage() {
            var keys = new TreeSet<String>();
            for (var message : TopicContent.of(trial.services().bootstrap(), "enriched_activity")) {
                var key = new String(message.key(), StandardCharsets.UTF_8);
                keys.add(key);
                assertThat(new String(message.value(), StandardCharsets.UTF_8)).contains("\"" + key + "\"");
            }
            assertThat(keys).contains("user_A", "user_1", "user_20").hasSize(21);
        }
    }

    @Nested
    class ItsServers {
        @Test
        void S3_10_areWaitedForByNameUntilTheyAreReady() throws SQLException {
            var told = new ArrayList<String>();
            var narrator = new Narrator() {
                @Override
                public void tell(String text) {
                    told.add(text);
                }

                @Override
                public void progress(String label, long done, OptionalLong total) {}
            };
            var own = trial.workspace().inside("own");
            var pipeline = Trial.definition("shop_events", own, Optional.empty(), text -> text);
            try (var services = Services.start(own, pipeline, Lifetime.WITH_THIS_JVM, narrator);
                    var connection = services.database("postgres").open()) {
                assertThat(connection.isValid(5)).isTrue();
                assertThat(told)
                        .first()
                        .isEqualTo("starting postgresql here, and waiting until each takes connections");
                assertThat(told).last().asString().startsWith("postgresql is up at ");
            }
        }
    }

    @Nested
    class TheSecrets {
        @Test
        void S3_09_standNowhereInTheDefinition() throws IOException {
            assertThat(Files.readString(Path.of("../pipelines/user_activity/pipeline.yaml")))
                    .doesNotContainPattern("(?i)password|secret|jdbc:|5432|9092");
        }

        @Test
        void S3_09_comeFromTheEnvironment() {
            var process = Map.of(
                    "POSTGRES_HOST", "127.0.0.1",
                    "POSTGRES_DB", "stream_data",
                    "POSTGRES_USER", "user",
                    "POSTGRES_PASSWORD", "s3cret");
            var hosting = new Hosting(trial.workspace(), Environment.read(process, folder, Optional.empty()));
            try (var services = Services.running(hosting, trial.pipeline())) {
                assertThat(services.database("postgres").told())
                        .isEqualTo("postgres://user@127.0.0.1:5432/stream_data");
            }
        }
    }
}
