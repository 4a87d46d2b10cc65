package dev.tandem.page;

import static dev.tandem.page.SamplePipeline.NOON;
import static dev.tandem.page.SamplePipeline.drawn;
import static dev.tandem.page.SamplePipeline.view;
import static dev.tandem.page.SamplePipelines.ONE;
import static dev.tandem.page.SamplePipelines.bar;
import static dev.tandem.page.SamplePipelines.each;
import static dev.tandem.page.SamplePipelines.facts;
import static dev.tandem.page.SamplePipelines.money;

import dev.tandem.page.SamplePipeline.Plan;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineFacts.Schedule;
import dev.tandem.page.data.PipelineFacts.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The two pipelines of events among {@link SamplePipelines}. */
final class SampleEvents {
    private SampleEvents() {}

    static SamplePipeline userActivity() {
        var pages = List.of("/", "/cart", "/search", "/products/17", "/products/4", "/account", "/help");
        var users = IntStream.range(1, 161).mapToObj("user_%03d"::formatted).toList();
        var counts = view(
                "page_view_counts",
                WindowKind.TUMBLING,
                "tumbling 1 minute",
                false,
                "key page_url STRING",
                "sum view_count BIGINT");
        var active = view(
                "active_users",
                WindowKind.SLIDING,
                "5 minutes, every minute",
                false,
                "measure active_user_count BIGINT");
        var sessions = view(
                "user_sessions",
                WindowKind.SESSION,
                "sessions, 30 minutes apart",
                false,
                "key user_id STRING",
                "measure session_start_time TIMESTAMP",
                "measure session_end_time TIMESTAMP",
                "derived session_duration_seconds BIGINT");
        return SamplePipeline.of(
                facts(
                        "user_activity",
                        "Page views per minute, active users and sessions of a website",
                        "UTC",
                        "Kafka topic user_activity",
                        List.of("user_activity", "enriched_activity"),
                        new Schedule(
                                "every 10 minutes",
                                "10m",
                                "UTC",
                                each(NOON.plusSeconds(28_200), Duration.ofMinutes(10)),
                                List.of()),
                        List.of(counts, active, sessions),
                        Map.of("parity", "at most 1 % apart", "latency p95", "at most 10 seconds")),
                "within_tolerance",
                List.of(
                        new Plan(
                                counts,
                                pages,
                                40,
                                Duration.ofMinutes(1),
                                (random, key, window) ->
                                        List.of(key, "" + (60 - 8 * pages.indexOf(key) + random.nextInt(14))),
                                true),
                        new Plan(
                                active,
                                ONE,
                                40,
                                Duration.ofMinutes(1),
                                (random, key, window) -> List.of(
                                        "" + Math.round(190 + 50 * Math.sin(window / 5.0) + random.nextInt(12))),
                                true),
                        new Plan(
                                sessions,
                                users,
                                2,
                                Duration.ofMinutes(50),
                                (random, key, window) -> {
                                    long length = Math.round(Math.exp(5.3 + 1.1 * gauss(random)));
                                    return List.of(
                                            key,
                                            NOON.toString(),
                                            NOON.plusSeconds(length).toString(),
                                            "" + length);
                                },
                                false)));
    }

    private static double gauss(SplittableRandom random) {
        return random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2;
    }

    static SamplePipeline shopEvents() {
        var categories = List.of("garden", "kitchen", "books", "toys", "electronics", "sports");
        var sales = drawn(
                view(
                        "sales_by_category",
                        WindowKind.CALENDAR,
                        "each day, UTC",
                        false,
                        "key category STRING",
                        "sum units BIGINT",
                        "sum revenue DECIMAL(38,2)",
                        "sum buys BIGINT"),
                bar("revenue"));
        var funnel = drawn(
                view(
                        "funnel",
                        WindowKind.CALENDAR,
                        "each day, UTC",
                        false,
                        "sum views BIGINT",
                        "sum clicks BIGINT",
                        "sum buys BIGINT",
                        "derived click_rate DOUBLE",
                        "derived buy_rate DOUBLE"),
                new PipelineFacts.ChartFacts(
                        "steps", Optional.empty(), Optional.empty(), List.of(), List.of("views", "clicks", "buys")));
        return SamplePipeline.of(
                facts(
                        "shop_events",
                        "Views, clicks and purchases of a shop as files; the last version of each event, and sales by category",
                        "Europe/Berlin",
                        "CSV files in data/input",
                        List.of(),
                        new Schedule(
                                "every day at 02:30, Berlin time",
                                "30 2 * * *",
                                "Europe/Berlin",
                                each(Instant.parse("2026-03-03T01:30:00Z"), Duration.ofDays(1)),
                                List.of(
                                        "On 2026-03-29 the clocks skip 02:30 in Europe/Berlin: that day's batch runs at 03:00")),
                        List.of(sales, funnel),
                        Map.of("parity", "at most 0 % apart", "throughput", "at least 1.4 events/s")),
                "pending",
                List.of(
                        new Plan(
                                sales,
                                categories,
                                9,
                                Duration.ofDays(1),
                                (random, key, window) -> {
                                    long units = 40 + 12L * categories.indexOf(key) + random.nextInt(30);
                                    return List.of(
                                            key,
                                            "" + units,
                                            money(units * (18 + random.nextDouble() * 9)),
                                            "" + units * 2 / 3);
                                },
                                false),
                        new Plan(
                                funnel,
                                ONE,
                                9,
                                Duration.ofDays(1),
                                (random, key, window) -> {
                                    long views = 2_600L + random.nextInt(500);
                                    long clicks = views / 3 + random.nextInt(60);
                                    return List.of(
                                            "" + views,
                                            "" + clicks,
                                            "" + clicks / 5,
                                            money((double) clicks / views),
                                            "0.20");
                                },
                                false)));
    }
}
