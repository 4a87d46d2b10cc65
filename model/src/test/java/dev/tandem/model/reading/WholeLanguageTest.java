package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.model.Capture;
import dev.tandem.model.Dedup;
import dev.tandem.model.Dimension;
import dev.tandem.model.Format;
import dev.tandem.model.Generate;
import dev.tandem.model.Measure;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Output.What;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Plans;
import dev.tandem.model.Source;
import dev.tandem.model.Step;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Five definitions as people write them, and what they are read into. */
class WholeLanguageTest {
    private static final What EVENTS = new What.Records(What.Kind.EVENTS, "events");

    @Nested
    class TheHomeOfTheLandedLog {
        private static final String TABLE = "land: { table: my_raw, in: mysql, key: [id] }";

        private static Source.Landing of(String written) {
            var text = Definitions.with(TABLE, written);
            return DefinitionReader.parse(text, "d.yaml").source().landing();
        }

        @Test
        void isATable() {
            assertThat(of(TABLE)).isEqualTo(new Source.Landing.Table("my_raw", "mysql", List.of("id")));
        }

        @Test
        void isAFolderOfTheStateFolderUnlessNamed() {
            assertThat(of("land: segments")).isEqualTo(new Source.Landing.Segments("segments", "mysql"));
        }

        @Test
        void isAFolderAnywhere() {
            assertThat(of("land: { segments: \"s3a://raw/log\" }"))
                    .isEqualTo(new Source.Landing.Segments("s3a://raw/log", "mysql"));
        }

        @Test
        void hasItsLedgerInANamedDatabase() {
            assertThat(of("land: { segments: data/log }\n  ledger: postgres"))
                    .isEqualTo(new Source.Landing.Segments("data/log", "postgres"));
        }

        @Test
        void isInSegmentsWhereOnlyALedgerIsNamed() {
            assertThat(of("ledger: data/ledger.db"))
                    .isEqualTo(new Source.Landing.Segments("segments", "data/ledger.db"));
        }
    }

    @Nested
    class Orders {
        private final Pipeline pipeline = example("orders", Optional.empty());

        @Test
        void comeFromFilesTwoAtATime() {
            var landing = new Source.Landing.Segments("segments", "sqlite");
            var format = new Format(Format.Kind.CSV, true, ',', Optional.of(ZoneId.of("UTC")), Optional.empty());
            assertThat(pipeline.source())
                    .isEqualTo(new Source.Files("data/stream/input", format, 2, Optional.empty(), landing));
        }

        @Test
        void comeFromKafkaUnderThatProfile() {
            var source = example("orders", Optional.of("kafka")).source();
            assertThat(source)
                    .isEqualTo(new Source.Kafka(
                            List.of("ecommerce-orders"),
                            Format.JSON,
                            Optional.of("spark-ecommerce-group"),
                            Source.Arrival.BROKER,
                            Optional.empty(),
                            new Source.Landing.Segments("segments", "sqlite")));
        }

        @Test
        void goThroughTheirStepsInOrder() {
            assertThat(pipeline.steps())
                    .extracting(step -> step.getClass().getSimpleName())
                    .containsExactly("Require", "Set", "Deduplicate", "Set", "Split", "Set", "Join", "Join");
        }

        @Test
        void haveOneSpellingForEachStatus() {
            assertThat(((Step.Set) pipeline.steps().get(1)).assignments())
                    .extracting(it -> it.expression().text())
                    .containsExactly("CASE lower(trim(`status`)) WHEN 'complete' THEN 'completed'"
                            + " WHEN 'done' THEN 'completed' WHEN 'canceled' THEN 'cancelled'"
                            + " ELSE lower(trim(`status`)) END");
        }

        @Test
        void joinTwoDimensions() {
            assertThat(pipeline.dimensions())
                    .extracting(Dimension::name, Dimension::file, Dimension::key, Dimension::format)
                    .containsExactly(
                            tuple("customers", "data/dimensions/customers.csv", List.of("customer_id"), Format.CSV),
                            tuple("products", "data/dimensions/products.csv", List.of("product_id"), Format.CSV));
        }

        @Test
        void goToALakeByDay() {
            assertThat(pipeline.outputs())
                    .contains(
                            new Output.Lake(
                                    EVENTS, "data/warehouse/${mode}/orders", List.of("order_date"), Optional.empty()),
                            new Output.Lake(
                                    new What.Records(What.Kind.BRANCH, "cancelled"),
                                    "data/warehouse/${mode}/cancelled",
                                    List.of("order_date"),
                                    Optional.empty()));
        }

        @Test
        void areSummedInSnapshots() {
            assertThat(pipeline.outputs())
                    .contains(new Output.Snapshots(
                            new What.OfView("product_revenue"),
                            "data/warehouse/${mode}/product_totals_snapshots",
                            Duration.ofSeconds(15),
                            Optional.empty()));
        }

        @Test
        void areShownAsTheyStand() {
            assertThat(pipeline.outputs())
                    .contains(new Output.Latest(
                            new What.OfView("top_products"), "data/warehouse/${mode}/top_products", Optional.empty()));
        }

        @Test
        void areGeneratedInBatches() {
            var generate = pipeline.generate().orElseThrow();
            assertThat(generate.batches())
                    .contains(new Generate.Batches(100, Duration.ofSeconds(1), Duration.ofSeconds(3)));
            assertThat(generate.settings())
                    .isEqualTo(Map.of(
                            "rows", "10000",
                            "customers", "1000",
                            "products", "50",
                            "between", "2026-01-01..2026-01-31",
                            "price", "5.00..500.00"));
        }
    }

    @Nested
    class Bitcoin {
        private final Pipeline pipeline = example("bitcoin", Optional.empty());

        @Test
        void isCapturedFromTheTicker() {
            assertThat(((Source.Kafka) pipeline.source()).capture())
                    .contains(new Capture(
                            "coinbase",
                            URI.create("wss://ws-feed.exchange.coinbase.com"),
                            "ticker",
                            List.of("BTC-USD"),
                            List.of("price", "best_bid", "best_ask", "side", "time", "trade_id", "last_size")));
        }

        @Test
        void neverForgetsATrade() {
            assertThat(pipeline.dedup()).contains(new Dedup(List.of("trade_id"), Dedup.Keep.FIRST, Dedup.FOREVER));
        }

        @Test
        void hasOneSetOfMeasuresInTwoWindows() {
            var minute = pipeline.grouped().get(0);
            var overall = pipeline.grouped().get(1);
            assertThat(overall.measures()).isEqualTo(minute.measures()).hasSize(7);
            assertThat(overall.derive()).isEqualTo(minute.derive()).hasSize(5);
            assertThat(overall.window()).isEqualTo(new Window.Global());
        }

        @Test
        void isWrittenToFilesOnlyByTheBatch() {
            assertThat(pipeline.outputs())
                    .contains(new Output.Csv(new What.OfView("overall"), "data/batch_output", Optional.of(Mode.BATCH)));
        }

        @Test
        void runsEveryTenMinutesAndLogsIt() {
            assertThat(pipeline.batch())
                    .isEqualTo(new Plans.Batch(
                            Optional.of(new Plans.Schedule.Every(Duration.ofMinutes(10))),
                            Optional.of("data/batch_log.txt")));
        }
    }

    @Nested
    class UserActivity {
        private final Pipeline pipeline = example("user_activity", Optional.empty());

        @Test
        void hasSessionsOfItsUsers() {
            var sessions = pipeline.grouped().get(2);
            assertThat(sessions.window()).isEqualTo(new Window.Session(Duration.ofMinutes(30)));
            assertThat(sessions.derive()).extracting(Step.Named::name).containsExactly("session_duration_seconds");
            assertThat(sessions.having().orElseThrow().text()).startsWith("session_start_time IS NOT NULL");
        }

        @Test
        void writesOnlySessionsWhenTheyHaveClosed() {
            assertThat(pipeline.stream().closedOnly()).containsExactly("user_sessions");
        }

        @Test
        void hasItsLedgerBesideItsTables() {
            assertThat(pipeline.source().landing()).isEqualTo(new Source.Landing.Segments("segments", "postgres"));
        }

        @Test
        void sendsItsRecordsByUser() {
            assertThat(pipeline.topics())
                    .containsExactly(new Output.Topic(
                            EVENTS, "enriched_activity", Optional.of("user_id"), Optional.of(Mode.STREAM)));
        }

        @Test
        void isLateOnceInTwenty() {
            var delay = new Generate.Delay(Duration.ofMinutes(3), Duration.ofMinutes(3));
            assertThat(pipeline.generate().orElseThrow().faults())
                    .isEqualTo(Map.of("late", new Generate.Fault(0.05, Optional.of(delay))));
        }
    }

    @Nested
    class ShopEvents {
        private final Pipeline pipeline = example("shop_events", Optional.empty());

        @Test
        void areRequiredToBeComplete() {
            var rules = ((Step.Require) pipeline.steps().get(2)).rules();
            assertThat(rules.get(2).expression().text())
                    .startsWith("`event_id` IS NOT NULL AND `session_id` IS NOT NULL AND ")
                    .endsWith("`timestamp` IS NOT NULL");
        }

        @Test
        void areReplacedByTheirLastCopy() {
            assertThat(pipeline.dedup()).contains(new Dedup(List.of("event_id"), Dedup.Keep.LAST, Dedup.FOREVER));
        }

        @Test
        void areKeptInATableOfTheirOwn() {
            assertThat(pipeline.tables())
                    .contains(new Output.Table(
                            EVENTS, "raw_events", "postgres", List.of("event_id"), Optional.of(Mode.STREAM)));
        }

        @Test
        void areArchived() {
            assertThat(((Source.Files) pipeline.source()).archive()).contains("data/archive");
        }
    }

    @Nested
    class Retail {
        private final Pipeline pipeline = example("retail", Optional.empty());

        @Test
        void hasTimesOfLondon() {
            assertThat(pipeline.source().format())
                    .isEqualTo(new Format(
                            Format.Kind.CSV,
                            true,
                            ',',
                            Optional.of(ZoneId.of("Europe/London")),
                            Optional.of("M/d/yyyy H:mm")));
        }

        @Test
        void dropsWhatIsNoWare() {
            assertThat(pipeline.steps())
                    .filteredOn(Step.Keep.class::isInstance)
                    .singleElement()
                    .extracting(step -> ((Step.Keep) step).condition().text())
                    .isEqualTo("NOT coalesce((stock_code IN ('POST', 'M', 'BANK CHARGES')), false)");
        }

        @Test
        void knowsTheFirstAndTheLastInvoiceOfADay() {
            assertThat(pipeline.grouped().get(0).measures())
                    .extracting(Measure::kind)
                    .containsExactly(Measure.Kind.DISTINCT, Measure.Kind.SUM, Measure.Kind.FIRST, Measure.Kind.LAST);
        }

        @Test
        void writesAllViewsWhenTheyHaveClosed() {
            assertThat(pipeline.stream().closedOnly()).containsExactlyInAnyOrder("daily_sales", "best_countries");
        }

        @Test
        void ranksByADerivedColumn() {
            assertThat(pipeline.tops())
                    .containsExactly(new View.Top(
                            "best_countries",
                            "daily_sales",
                            5,
                            List.of(new View.Order("per_invoice", true), new View.Order("country", false))));
        }

        @Test
        void countsDaysOfLondon() {
            assertThat(pipeline.grouped().get(0).window())
                    .isEqualTo(new Window.Calendar(ChronoUnit.DAYS, ZoneId.of("Europe/London")));
        }
    }

    @Nested
    class ADefinitionOfRunningTotals {
        private final Pipeline pipeline = DefinitionReader.parse(Definitions.FILES, "files.yaml");

        @Test
        void readsPartTwoBeforePartTenAndLeavesBadFilesOut() {
            var source = (Source.Files) pipeline.source();
            assertThat(source.order()).isEqualTo(Source.Order.NATURAL);
            assertThat(source.onBadFile()).isEqualTo(Source.OnBadFile.QUARANTINE);
        }

        @Test
        void isTheSameOneWhateverBecomesOfBadFiles() {
            var stopping = Definitions.with(Definitions.FILES, "on_bad_file: quarantine", "on_bad_file: stop");
            var silent = Definitions.with(Definitions.FILES, "  on_bad_file: quarantine\n", "");
            assertThat(List.of(stopping, silent))
                    .allSatisfy(text -> assertThat(
                                    DefinitionReader.parse(text, "files.yaml").hash())
                            .isEqualTo(pipeline.hash()));
            var byName = Definitions.with(Definitions.FILES, "order: natural", "order: name");
            assertThat(DefinitionReader.parse(byName, "files.yaml").hash()).isNotEqualTo(pipeline.hash());
        }

        @Test
        void needsNoWatermark() {
            assertThat(pipeline.watermark().delay()).isEqualTo(Duration.ofMinutes(1));
            assertThat(pipeline.zone()).isEqualTo(ZoneOffset.UTC);
        }
    }

    private static Pipeline example(String name, Optional<String> profile) {
        return DefinitionReader.read(
                Definitions.RESOURCES.resolve("examples/" + name + ".yaml"), name + ".yaml", profile);
    }
}
