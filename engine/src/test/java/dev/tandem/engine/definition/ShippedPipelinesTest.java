package dev.tandem.engine.definition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.feed.Feed;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.feed.MessageForm;
import dev.tandem.feed.Table;
import dev.tandem.model.Format;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated class of each shipped pipeline packs what its projections would, byte for byte. */
class ShippedPipelinesTest {
    private static final int RECORDS = 3_000;
    private static final String TIME = "2026-01-01T00:05:00Z";

    /** Values that the rules of the pipelines accept. */
    private static final Map<String, List<String>> USUAL = Map.ofEntries(
            Map.entry("hashtags", List.of("[]", "[\"a\",\" A\",\"b\"]", "[null,\"\",\"c\"]")),
            Map.entry("likes", List.of("0", "5")),
            Map.entry("retweets", List.of("0", "5")),
            Map.entry("order_id", List.of("o1", "o2")),
            Map.entry("customer_id", List.of("c1", "c2", "c999999")),
            Map.entry("product_id", List.of("p1", "p2", "BTC-USD")),
            Map.entry("quantity", List.of("1", "2")),
            Map.entry("price", List.of("1", "2.25")),
            Map.entry("status", List.of("done", " CANCELED", "x")),
            Map.entry("type", List.of("ticker")),
            Map.entry("side", List.of("buy", "sell")),
            Map.entry("last_size", List.of("0.5")),
            Map.entry("best_bid", List.of("1")),
            Map.entry("best_ask", List.of("1")),
            Map.entry("event_type", List.of("view", "click ", "BUY", "page_view", "session_start", "session_end")),
            Map.entry("InvoiceNo", List.of("536365", "C536365")),
            Map.entry("Quantity", List.of("6")),
            Map.entry("UnitPrice", List.of("2.55")),
            Map.entry("amount", List.of("1")),
            Map.entry("time", List.of(TIME)),
            Map.entry("event_time", List.of(TIME)),
            Map.entry("timestamp", List.of(TIME)),
            Map.entry("created_at", List.of(TIME)),
            Map.entry("order_timestamp", List.of(TIME)),
            Map.entry("InvoiceDate", List.of(TIME)));

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;

    @BeforeAll
    static void start() {
        spark = SparkRuntime.open("local[1]", scratch);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static Pipeline pipeline(String name) {
        return DefinitionReader.read(Path.of("..", "pipelines", name, "pipeline.yaml"), name);
    }

    private static Generation generation(Pipeline pipeline, String model) {
        var generation = new Generation(
                model,
                42,
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofSeconds(1),
                OptionalLong.of(RECORDS),
                Generators.usualFaults(model));
        return generation.withForm(
                pipeline.source().format().kind() == Format.Kind.CSV ? MessageForm.CSV : MessageForm.JSON);
    }

    private static BothPaths paths(Pipeline pipeline) {
        return new BothPaths(Compiled.of(pipeline, spark, dimensions(pipeline)));
    }

    private static List<DimensionRows> dimensions(Pipeline pipeline) {
        if (pipeline.dimensions().isEmpty()) {
            return List.of();
        }
        var tables = Generators.tables(generation(pipeline, "orders"));
        return pipeline.dimensions().stream()
                .map(it -> Dimensions.of(it, lines(requireNonNull(tables.get(it.name() + ".csv")))))
                .toList();
    }

    private static List<String> lines(Table table) {
        return table.rows().stream().map(row -> String.join(",", row)).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "tweets, tweets",
        "orders, orders",
        "bitcoin, ticker",
        "user_activity, clickstream",
        "shop_events, shop_funnel"
    })
    void packsItsGeneratorsRecords(String name, String model) {
        var pipeline = pipeline(name);
        var fates = paths(pipeline).requireEqual(messages(Generators.feed(generation(pipeline, model))));
        assertThat(fates.accepted()).isGreaterThan(RECORDS / 10);
    }

    private static List<byte[]> messages(Feed feed) {
        try (var records = feed.records()) {
            return records.limit(RECORDS).map(it -> it.value()).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tweets", "orders", "bitcoin", "user_activity", "shop_events", "retail", "trades", "wikipedia"})
    void packsUsualAndOddRecords(String name) {
        var pipeline = pipeline(name);
        var fates = paths(pipeline).requireEqual(new AnyRecords(pipeline, USUAL, 7).records(RECORDS));
        assertThat(fates.accepted()).as("accepted").isGreaterThan(RECORDS / 10);
        assertThat(fates.rejected()).as("rejected").isGreaterThan(RECORDS / 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tweets", "orders"})
    void packsChangedRecords(String name) {
        var pipeline = pipeline(name);
        var feed = Generators.feed(generation(pipeline, name));
        var any = new AnyRecords(pipeline, USUAL, 11);
        var fates = paths(pipeline)
                .requireEqual(messages(feed).stream().map(any::changed).toList());
        assertThat(fates.rejected()).isGreaterThan(RECORDS / 10);
    }
}
