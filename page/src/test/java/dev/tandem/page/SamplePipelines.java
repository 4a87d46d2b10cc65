package dev.tandem.page;

import static dev.tandem.page.SamplePipeline.NOON;
import static dev.tandem.page.SamplePipeline.drawn;
import static dev.tandem.page.SamplePipeline.view;

import dev.tandem.page.SamplePipeline.Plan;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineFacts.Schedule;
import dev.tandem.page.data.PipelineFacts.Sink;
import dev.tandem.page.data.PipelineFacts.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The five pipelines of the repository with invented rows. */
final class SamplePipelines {
    static final List<String> ONE = List.of("");

    private SamplePipelines() {}

    static List<SamplePipeline> all() {
        return List.of(tweets(), orders(), bitcoin(), SampleEvents.userActivity(), SampleEvents.shopEvents());
    }

    static String money(double amount) {
        return String.format(Locale.ROOT, "%.2f", amount);
    }

    private static SamplePipeline tweets() {
        var tags = List.of(
                "#java",
                "#spark",
                "#kafka",
                "#streaming",
                "#data",
                "#sql",
                "#opensource",
                "#monday",
                "#coffee",
                "#cricket",
                "#rain",
                "#music");
        var stats = view(
                "window_stats",
                WindowKind.TUMBLING,
                "tumbling 20 minutes",
                false,
                "key hashtag STRING",
                "sum tweets BIGINT",
                "sum mentions BIGINT",
                "measure avg_likes DOUBLE");
        var totals = view(
                "window_totals",
                WindowKind.TUMBLING,
                "tumbling 20 minutes",
                false,
                "sum tweets BIGINT",
                "measure users BIGINT",
                "sum tagged BIGINT",
                "measure avg_likes DOUBLE");
        var top = view(
                "top_hashtags",
                WindowKind.TUMBLING,
                "tumbling 20 minutes",
                true,
                "key hashtag STRING",
                "sum mentions BIGINT",
                "sum tweets BIGINT");
        var size = Duration.ofMinutes(20);
        return SamplePipeline.of(
                facts(
                        "tweets",
                        "Hashtags and totals of short messages, per 20 minutes",
                        "Asia/Kolkata",
                        "Kafka topic raw_feed",
                        List.of("raw_feed", "results_feed"),
                        new Schedule(
                                "every day at 23:55, India time",
                                "55 23 * * *",
                                "Asia/Kolkata",
                                each(NOON.plus(Duration.ofMinutes(385)), Duration.ofDays(1)),
                                List.of()),
                        List.of(stats, totals, top),
                        Map.of(
                                "parity",
                                "at most 1 % apart",
                                "latency p95",
                                "at most 5 seconds",
                                "throughput",
                                "at least 100 events/s")),
                "agree_with_causes",
                List.of(
                        new Plan(
                                stats,
                                tags,
                                24,
                                size,
                                (random, key, window) -> {
                                    long tweets = 1_400 - 100L * tags.indexOf(key) + random.nextInt(240);
                                    return List.of(
                                            key,
                                            "" + tweets,
                                            "" + (tweets + random.nextInt(30)),
                                            money(3 + random.nextDouble()));
                                },
                                true),
                        new Plan(
                                totals,
                                ONE,
                                24,
                                size,
                                (random, key, window) -> {
                                    long tweets =
                                            Math.round(4_800 + 900 * Math.sin(window / 3.5) + random.nextInt(160));
                                    return List.of(
                                            "" + tweets,
                                            "" + tweets * 7 / 10,
                                            "" + tweets * 8 / 10,
                                            money(3 + random.nextDouble()));
                                },
                                true),
                        new Plan(
                                top,
                                tags.subList(0, 10),
                                24,
                                size,
                                (random, key, window) -> {
                                    long tweets = 1_400 - 100L * tags.indexOf(key) + random.nextInt(240);
                                    return List.of(key, "" + tweets, "" + (tweets - random.nextInt(30)));
                                },
                                true)));
    }

    private static SamplePipeline orders() {
        var products = IntStream.range(1, 11).mapToObj("P%03d"::formatted).toList();
        var hours = IntStream.range(0, 24).mapToObj(Integer::toString).toList();
        var windowed = drawn(
                view(
                        "windowed_revenue",
                        WindowKind.TUMBLING,
                        "tumbling 10 minutes",
                        false,
                        "key product_id STRING",
                        "sum orders_count BIGINT",
                        "sum total_revenue DECIMAL(38,2)"),
                bar("total_revenue"));
        var hourly = drawn(
                view(
                        "hourly_revenue",
                        WindowKind.GLOBAL,
                        "over everything",
                        false,
                        "key hour_of_day INT",
                        "sum total_orders BIGINT",
                        "sum total_revenue DECIMAL(38,2)"),
                bar("total_revenue"));
        var top = view(
                "top_products",
                WindowKind.GLOBAL,
                "over everything",
                true,
                "key product_id STRING",
                "sum total_revenue DECIMAL(38,2)",
                "sum total_orders BIGINT");
        return SamplePipeline.of(
                facts(
                        "orders",
                        "Orders of a shop, checked, normalised and enriched; revenue by day, hour, product and ten minutes",
                        "UTC",
                        "CSV files in data/stream/input",
                        List.of(),
                        new Schedule(
                                "every day at 00:30, UTC",
                                "30 0 * * *",
                                "UTC",
                                each(Instant.parse("2026-03-03T00:30:00Z"), Duration.ofDays(1)),
                                List.of()),
                        List.of(windowed, hourly, top),
                        Map.of("parity", "at most 0 % apart", "latency p95", "at most 15 seconds")),
                "agree",
                List.of(
                        new Plan(
                                windowed,
                                products,
                                18,
                                Duration.ofMinutes(10),
                                (random, key, window) -> {
                                    long count = 12L + random.nextInt(20);
                                    return List.of(key, "" + count, money(count * (20 + random.nextDouble() * 60)));
                                },
                                false),
                        new Plan(
                                hourly,
                                hours,
                                1,
                                Duration.ofHours(1),
                                (random, key, window) -> {
                                    long count = Math.round(160
                                            + 140 * Math.sin((Integer.parseInt(key) - 7) / 3.8)
                                            + random.nextInt(40));
                                    return List.of(key, "" + count, money(count * (60 + random.nextDouble() * 10)));
                                },
                                false),
                        new Plan(
                                top,
                                products,
                                1,
                                Duration.ofHours(1),
                                (random, key, window) -> {
                                    double revenue = 21_000 - 1_600 * products.indexOf(key) + random.nextInt(900);
                                    return List.of(key, money(revenue), "" + Math.round(revenue / 64));
                                },
                                false)));
    }

    static PipelineFacts.ChartFacts bar(String value) {
        return new PipelineFacts.ChartFacts("bar", Optional.of(value), Optional.empty(), List.of(), List.of());
    }

    private static SamplePipeline bitcoin() {
        var columns = new String[] {
            "measure avg_price DECIMAL(18,2)", "measure max_price DECIMAL(18,2)", "measure min_price DECIMAL(18,2)",
            "sum total_volume DECIMAL(38,8)", "sum trade_count BIGINT", "sum buy_count BIGINT",
            "sum sell_count BIGINT", "derived price_range DECIMAL(19,2)", "derived market_sentiment STRING"
        };
        var drawn = new PipelineFacts.ChartFacts(
                "price",
                Optional.of("avg_price"),
                Optional.of(new PipelineFacts.Band("min_price", "max_price", Optional.of("total_volume"))),
                List.of("buy_count", "sell_count"),
                List.of());
        var minutes = drawn(view("minute_metrics", WindowKind.TUMBLING, "tumbling 1 minute", false, columns), drawn);
        var overall = view("overall", WindowKind.GLOBAL, "over everything", false, columns);
        SamplePipeline.Cells cells = (random, key, window) -> {
            double price = 68_400 + 220 * Math.sin(window / 6.0) + 90 * Math.sin(window / 1.7) + random.nextInt(40);
            double spread = 18 + random.nextInt(60);
            long buys = 300L + random.nextInt(400);
            long sells = 300L + random.nextInt(400);
            return List.of(
                    money(price),
                    money(price + spread),
                    money(price - spread),
                    String.format(Locale.ROOT, "%.8f", 20 + random.nextDouble() * 60),
                    "" + (buys + sells),
                    "" + buys,
                    "" + sells,
                    money(2 * spread),
                    buys > sells * 1.2 ? "Bullish" : sells > buys * 1.2 ? "Bearish" : "Neutral");
        };
        return SamplePipeline.of(
                facts(
                        "bitcoin",
                        "Trades of bitcoin, per minute and over everything, with sentiment, volatility and volume",
                        "UTC",
                        "Kafka topic raw_prices",
                        List.of("raw_prices"),
                        new Schedule(
                                "every 10 minutes",
                                "10m",
                                "UTC",
                                each(NOON.plusSeconds(28_200), Duration.ofMinutes(10)),
                                List.of()),
                        List.of(minutes, overall),
                        Map.of("parity", "at most 0 % apart", "latency p95", "at most 5 seconds")),
                "disagree",
                List.of(
                        new Plan(minutes, ONE, 60, Duration.ofMinutes(1), cells, false),
                        new Plan(overall, ONE, 1, Duration.ofMinutes(1), cells, false)));
    }

    static List<Instant> each(Instant first, Duration period) {
        return IntStream.range(0, 5)
                .mapToObj(it -> first.plus(period.multipliedBy(it)))
                .toList();
    }

    static PipelineFacts facts(
            String name,
            String about,
            String zone,
            String source,
            List<String> topics,
            Schedule schedule,
            List<PipelineFacts.ViewFacts> views,
            Map<String, String> targets) {
        var sinks = views.stream()
                .map(it -> new Sink(it.name(), "table", "${mode}_" + it.name() + " in mysql", "stream and batch"))
                .toList();
        return new PipelineFacts(
                name,
                about,
                zone,
                source,
                topics,
                name + "_raw in mysql",
                "every 100 milliseconds",
                List.of(
                        "require 3 rules: missing_id, missing_time, negative_likes",
                        "watermark 2 minutes",
                        "dedup by id, the first stays, within 30 minutes"),
                views,
                sinks,
                schedule,
                targets,
                "pipeline: %s\nabout: %s\ntime: { event: created_at, zone: %s }\n# the rest is left out in this sample\n"
                        .formatted(name, about, zone),
                "9f31c0a4be77");
    }
}
