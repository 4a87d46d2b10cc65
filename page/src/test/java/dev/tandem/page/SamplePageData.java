package dev.tandem.page;

import dev.tandem.page.data.Activity;
import dev.tandem.page.data.Comparison;
import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.DifferingRows;
import dev.tandem.page.data.Message;
import dev.tandem.page.data.MicroBatch;
import dev.tandem.page.data.PageData;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineLine;
import dev.tandem.page.data.Pulse;
import dev.tandem.page.data.RecordAsked;
import dev.tandem.page.data.RefusalKind;
import dev.tandem.page.data.Refusals;
import dev.tandem.page.data.RowAsked;
import dev.tandem.page.data.RunLine;
import dev.tandem.page.data.Scheduler;
import dev.tandem.page.data.SystemFacts;
import dev.tandem.page.data.TableAnswer;
import dev.tandem.page.data.TopicLine;
import dev.tandem.page.data.ViewRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The five pipelines with invented numbers that move a little with each pulse, and do so in the same way each time. */
final class SamplePageData implements PageData {
    private static final Instant NOW = SamplePipeline.NOON.plus(Duration.ofHours(8));

    private final List<SamplePipeline> pipelines = SamplePipelines.all();
    private final AtomicLong beats = new AtomicLong();

    private <T> Optional<T> of(String name, Function<SamplePipeline, T> reading) {
        return pipelines.stream()
                .filter(it -> it.facts().name().equals(name))
                .findFirst()
                .map(reading);
    }

    @Override
    public List<PipelineLine> pipelines() {
        return pipelines.stream().map(SamplePageData::line).toList();
    }

    private static PipelineLine line(SamplePipeline it) {
        boolean pending = it.verdict().equals("pending");
        return new PipelineLine(
                it.facts().name(),
                it.facts().about(),
                it.verdict(),
                pending ? Optional.empty() : Optional.of(SampleReport.percent(it)),
                it.verdict().equals("disagree") ? 4 : 0,
                pending ? Optional.empty() : Optional.of(NOW.minusSeconds(900)),
                activity(it.facts().name()),
                pending
                        ? Optional.empty()
                        : Optional.of(140.0 + it.facts().name().length() * 90),
                it.facts().topics().isEmpty() ? Optional.empty() : Optional.of(12L),
                it.facts().schedule().words(),
                scheduler(it));
    }

    private static Scheduler scheduler(SamplePipeline it) {
        return switch (it.facts().name()) {
            case "tweets" -> Scheduler.START;
            case "bitcoin" -> Scheduler.SCHEDULE;
            default -> it.facts().schedule().next().isEmpty() ? Scheduler.NONE_PLANNED : Scheduler.NOBODY;
        };
    }

    private static Optional<Pulse.Start> start(String name) {
        return switch (name) {
            case "tweets" -> Optional.of(new Pulse.Start(Optional.empty(), Optional.of(NOW.plusSeconds(600))));
            case "shop_events" -> Optional.of(new Pulse.Start(Optional.of("opening the stream"), Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static Activity activity(String name) {
        return switch (name) {
            case "orders" -> Activity.STOPPED;
            case "bitcoin" -> Activity.FAILED;
            case "shop_events" -> Activity.NEVER_RUN;
            default -> Activity.RUNNING;
        };
    }

    @Override
    public Optional<PipelineFacts> pipeline(String pipeline) {
        return of(pipeline, SamplePipeline::facts);
    }

    @Override
    public Optional<Pulse> pulse(String pipeline) {
        long beat = beats.incrementAndGet();
        return of(pipeline, it -> pulse(it, beat));
    }

    private static Pulse pulse(SamplePipeline it, long beat) {
        boolean new_ = it.verdict().equals("pending");
        long read = new_ ? 0 : 101_006 + beat * 120;
        var fates = new LinkedHashMap<String, Long>();
        fates.put("read", read);
        fates.put("counted", new_ ? 0 : read - 340 - 1_006 - 83 - 2_400);
        fates.put("waiting", new_ ? 0 : 2_400L);
        fates.put("quarantined", new_ ? 0 : 340L);
        fates.put("duplicate", new_ ? 0 : 1_006L);
        fates.put("late", new_ ? 0 : 83L);
        var seen = new_ ? Optional.<Instant>empty() : Optional.of(NOW.plusSeconds(beat));
        return new Pulse(
                it.facts().name(),
                NOW.plusSeconds(beat),
                "r" + (new_ ? 0 : beat / 3),
                activity(it.facts().name()),
                new_
                        ? new Pulse.Latency(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(5_000.0), "")
                        : new Pulse.Latency(
                                Optional.of(69.0 + beat % 7),
                                Optional.of(412.0 + beat % 31),
                                Optional.of(910.0),
                                Optional.of(5_000.0),
                                "arrival → commit, of every record"),
                it.facts().topics().isEmpty() || new_ ? Optional.empty() : Optional.of(12 + beat % 40),
                new_ ? 0 : 120 + beat % 9,
                fates,
                new_ ? 0 : 14,
                new_ ? 0 : 8_211 + beat,
                seen.map(when -> when.minusSeconds(120)),
                seen,
                seen.map(when -> when.plusSeconds(480)),
                seen,
                new_ ? Optional.empty() : Optional.of(new Pulse.Cost(41.2, 5_952, 412L << 20)),
                new_ ? Optional.empty() : Optional.of(new Pulse.Cost(9.6, 63_022, 655L << 20)),
                new_
                        ? List.of()
                        : List.of(
                                new Pulse.StatePart("keys", 0, 41_207, 1_648_280, "driver"),
                                new Pulse.StatePart("groups", 0, 1_306, 391_800, "driver")),
                start(it.facts().name()));
    }

    @Override
    public List<MicroBatch> microBatches(String pipeline, int most) {
        if (pipeline.equals("shop_events")) {
            return List.of();
        }
        var random = new SplittableRandom(7);
        long last = 412 + beats.get() / 3;
        var batches = new ArrayList<MicroBatch>();
        for (long number = last - Math.min(most, 120) + 1; number <= last; number++) {
            var at = NOW.plusSeconds(number - 412);
            long records = 90L + random.nextInt(60);
            long late = random.nextInt(12) == 0 ? 2 : 0;
            double latency = 60 + random.nextInt(70) + (random.nextInt(24) == 0 ? 900 : 0);
            batches.add(new MicroBatch(
                    number,
                    pipeline + "-stream-3",
                    records,
                    Map.of("counted", records - late - 1, "late", late, "duplicate", 1L, "quarantined", 0L),
                    Optional.of(at.minusSeconds(120)),
                    at.minusMillis(60),
                    at,
                    Optional.of(latency)));
        }
        return batches;
    }

    @Override
    public List<RunLine> runs(String pipeline) {
        if (pipeline.equals("shop_events")) {
            return List.of();
        }
        var runs = new ArrayList<RunLine>();
        runs.add(run(pipeline, "stream", 3, "running", 240, Optional.empty(), 101_006));
        for (int batch = 6; batch >= 1; batch--) {
            int ago = 15 + (6 - batch) * 70;
            runs.add(run(
                    pipeline,
                    "batch",
                    batch,
                    batch == 4 ? "failed" : "finished",
                    ago,
                    Optional.of(ago - 2 - batch % 3),
                    14_000L * batch));
        }
        runs.add(run(pipeline, "stream", 2, "killed", 410, Optional.of(260), 52_007));
        runs.add(run(pipeline, "stream", 1, "finished", 470, Optional.of(430), 8_114));
        return runs;
    }

    private static RunLine run(
            String pipeline, String mode, int number, String outcome, int ago, Optional<Integer> until, long records) {
        var metrics = new LinkedHashMap<String, String>();
        metrics.put("records/s", mode.equals("stream") ? "5,952" : "63,022");
        metrics.put("CPU", mode.equals("stream") ? "41.2 s per million" : "9.6 s per million");
        metrics.put("peak heap", "412 MB");
        if (outcome.equals("failed")) {
            metrics.put(
                    "error",
                    "Cannot reach the database at 127.0.0.1:3306: connection refused; start it with 'tandem up'");
        }
        return new RunLine(
                pipeline + "-" + mode + "-" + number,
                mode,
                outcome,
                NOW.minusSeconds(60L * ago),
                until.map(it -> NOW.minusSeconds(60L * it)),
                records,
                "9f31c0a4be77",
                metrics);
    }

    @Override
    public Optional<ViewRows> rows(String pipeline, String view, int windows) {
        return of(pipeline, it -> it.rows().get(view));
    }

    @Override
    public Refusals refusals(String pipeline, RefusalKind kind, int most) {
        if (pipeline.equals("shop_events") || (pipeline.equals("orders") && kind == RefusalKind.LATE)) {
            return new Refusals(kind, 0, Map.of(), List.of());
        }
        var counts = new LinkedHashMap<String, Long>();
        var reasons = switch (kind) {
            case LATE -> List.of("window_stats", "window_totals");
            case DUPLICATE -> List.of("partition 0", "partition 2");
            case QUARANTINE -> List.of("missing_id", "malformed", "future_dated", "negative_likes");
        };
        reasons.forEach(it -> counts.put(it, 203L / (1 + reasons.indexOf(it))));
        var samples = IntStream.range(0, Math.min(most, 60))
                .mapToObj(it -> sample(kind, reasons.get(it * 7 % reasons.size()), it))
                .toList();
        return new Refusals(
                kind, counts.values().stream().mapToLong(Long::longValue).sum(), counts, samples);
    }

    private static Refusals.Sample sample(RefusalKind kind, String reason, int number) {
        var at = NOW.minusSeconds(37L * number);
        var raw =
                "{\"tweet_id\":\"%s\",\"user_id\":\"u%d\",\"text\":\"Rain again. #monday #coffee\",\"hashtags\":[\"monday\",\"coffee\"],\"likes\":%d,\"created_at\":\"%s\"}"
                        .formatted(
                                reason.equals("missing_id") ? "" : "t" + (90_000 - number),
                                number * 31 % 977,
                                number % 9,
                                at);
        return new Refusals.Sample(
                (number % 3) + "-" + (33_000 - number * 113),
                reason,
                kind == RefusalKind.LATE
                        ? "window 19:40–20:00 closed 4 min 10 s before it came"
                        : kind == RefusalKind.DUPLICATE
                                ? "duplicate of 0-17"
                                : reason.equals("malformed")
                                        ? "no JSON: unexpected end at character 41"
                                        : "tweet_id IS NOT NULL AND trim(tweet_id) <> ''",
                at,
                Optional.of(at.minusSeconds(410)),
                410 - number,
                reason.equals("malformed") ? raw.substring(0, 41) : raw);
    }

    @Override
    public Optional<String> report(String pipeline) {
        return of(pipeline, it -> it)
                .filter(it -> !it.verdict().equals("pending"))
                .map(it -> Json.of(SampleReport.of(it)));
    }

    @Override
    public List<Comparison> comparisons(String pipeline) {
        return of(pipeline, SampleAnswers::comparisons).orElse(List.of());
    }

    @Override
    public Optional<DifferingRows> differences(String pipeline, DifferenceQuery query) {
        return of(pipeline, it -> it)
                .filter(it -> !it.verdict().equals("pending"))
                .map(it -> SampleAnswers.differences(it, query));
    }

    @Override
    public Optional<String> why(String pipeline, RowAsked row) {
        return of(pipeline, it -> Json.of(SampleAnswers.why(it)));
    }

    @Override
    public Optional<String> trial(String pipeline, RowAsked row, String delay) {
        return of(pipeline, it -> Json.of(SampleAnswers.trial(it)));
    }

    @Override
    public Optional<String> trace(String pipeline, RecordAsked record) {
        return of(pipeline, it -> Json.of(SampleAnswers.trace(it)));
    }

    @Override
    public List<TopicLine> topics() {
        long beat = beats.get();
        return List.of(
                topic(
                        "raw_feed",
                        33_600 + beat * 40,
                        118,
                        List.of(
                                new TopicLine.Group("tandem-tweets", "stable", Map.of(0, 4L, 1, 5L, 2, 3 + beat % 40)),
                                new TopicLine.Group(
                                        "someone-else", "empty", Map.of(0, 12_041L, 1, 12_113L, 2, 11_908L)))),
                topic(
                        "raw_prices",
                        9_400 + beat * 6,
                        19.4,
                        List.of(new TopicLine.Group("btc_group", "stable", Map.of(0, 0L, 1, 0L, 2, 0L)))),
                topic("results_feed", 1_866, 0, List.of()),
                topic(
                        "user_activity",
                        2_114,
                        1.2,
                        List.of(new TopicLine.Group("tandem-user_activity", "dead", Map.of(0, 40L, 1, 22L, 2, 31L)))));
    }

    private static TopicLine topic(String name, long until, double rate, List<TopicLine.Group> groups) {
        var partitions = IntStream.range(0, 3)
                .mapToObj(it -> new TopicLine.Partition(it, 0, until + it * 17L))
                .toList();
        return new TopicLine(
                name, partitions, rate, groups, Map.of("cleanup.policy", "delete", "retention.ms", "604800000"));
    }

    @Override
    public List<Message> messages(String topic, int most) {
        return topic.equals("results_feed")
                ? List.of()
                : IntStream.range(0, Math.min(most, 50))
                        .mapToObj(it -> new Message(
                                it % 3,
                                33_600 - it / 3,
                                NOW.minusMillis(9L * it),
                                Optional.of("u" + it * 31 % 977),
                                Optional.of(sample(RefusalKind.LATE, "", it).raw()),
                                Map.of("tandem-fault", it % 11 == 0 ? "late" : "none"),
                                212))
                        .toList();
    }

    @Override
    public List<TableAnswer> tableAnswers() {
        return SampleTableAnswers.all();
    }

    @Override
    public SystemFacts system() {
        var fine = SystemFacts.Health.FINE;
        return new SystemFacts(
                new SystemFacts.Machine(
                        0.34 + beats.get() % 10 / 100.0, 2, 412L << 20, 1_536L << 20, 61L << 30, 120L << 30, 16_260),
                List.of(
                        new SystemFacts.Finding(fine, "Java", "17.0.15, 64 bit", Optional.empty()),
                        new SystemFacts.Finding(fine, "memory", "24 GB, 19 GB free", Optional.empty()),
                        new SystemFacts.Finding(
                                SystemFacts.Health.ATTENTION,
                                "cores",
                                "2; the batch is slow on fewer than 4",
                                Optional.of("give the machine more, or run the batch at night")),
                        new SystemFacts.Finding(fine, "definitions", "8 of 8 are valid", Optional.empty()),
                        new SystemFacts.Finding(
                                SystemFacts.Health.BROKEN,
                                "bitcoin",
                                "the stream ended: the feed closed the connection 5 times in a minute",
                                Optional.of("./tandem stream bitcoin"))),
                List.of(
                        new SystemFacts.Service("Kafka", fine, "127.0.0.1:9092", "3.9.2, 4 topics"),
                        new SystemFacts.Service("MariaDB", fine, "127.0.0.1:3306", "11.4.5"),
                        new SystemFacts.Service(
                                "PostgreSQL",
                                SystemFacts.Health.ATTENTION,
                                "127.0.0.1:5432",
                                "started, nobody uses it")),
                Map.of("tandem", "0.1.0", "spark", "4.2.0", "java", "17.0.15"),
                Map.of("home", ".tandem", "profile", "local", "mysql.password", "hidden"));
    }
}
