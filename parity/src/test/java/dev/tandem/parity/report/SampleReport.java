package dev.tandem.parity.report;

import dev.tandem.fold.recount.EventTimes;
import dev.tandem.model.Mode;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Differences;
import dev.tandem.parity.Report;
import dev.tandem.parity.Report.WindowState;
import dev.tandem.parity.Verdict;
import dev.tandem.parity.traits.CommonTraits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reports as a run of the tweets pipeline makes them, with the hashtags that strangers send. */
final class SampleReport {
    static final String SCRIPT = "<script>alert('x')</script>";
    static final String IMAGE = "\"><img src=x onerror=alert(1)>";
    static final String FORMULA = "=HYPERLINK(\"http://evil.example\",\"go\")";

    static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
    static final Duration SIZE = Duration.ofMinutes(20);
    private static final List<String> TAGS =
            List.of("java", "データ分析", "spark", SCRIPT, "मानसून", "kafka", "سوق_العمل", "opensource", FORMULA, "été");

    private SampleReport() {}

    /** Three views over six windows, the last one open; seventeen late records explain what differs. */
    static Report tweets() {
        return new Report(
                new Report.Subject(
                        "tweets",
                        "Hashtags and totals of short messages, per 20 minutes",
                        "sha256:6f1c0d9ab2e47758",
                        new Report.CutLine(131, ordered(0, 4211L, 1, 4187L, 2, 4202L), 12600, times())),
                new Report.Agreement(
                        Verdict.AGREE_WITH_CAUSES,
                        "1,183 of 1,206 rows have the same numbers in stream and batch; 17 late records explain each of the 23 that differ.",
                        new Report.Accuracy(1206, 1183, new BigDecimal("98.0928"), new BigDecimal("0.0317")),
                        views()),
                causes(),
                windows(),
                Differences.of(SampleDifferences.all()),
                targets(),
                new Report.Runs(conservation(), latency(), throughput(), cost()),
                new Report.Refusals(quarantine(), common()),
                tradeOff(),
                new Report.Provenance(
                        Instant.parse("2026-11-20T11:04:31Z"),
                        ordered("tandem", "0.1.0", "spark", "4.2.0", "java", "17.0.15"),
                        List.of("./tandem replay tweets --seed 42 --until 131", "./tandem compare tweets --at 131")));
    }

    /** Partition 2 ends with the others, so that nothing is to be said of it. */
    private static SortedMap<Integer, EventTimes> times() {
        return new TreeMap<>(Map.of(
                0, times(4_150, 5, 0, 118),
                1, times(4_131, 4, 1, 119),
                2, times(4_144, 8, 0, 119)));
    }

    private static EventTimes times(long records, long late, int firstMinute, int lastMinute) {
        return new EventTimes(records, late, micros(firstMinute), micros(lastMinute));
    }

    private static long micros(int minute) {
        return START.plus(Duration.ofMinutes(minute)).getEpochSecond() * 1_000_000;
    }

    /** Nothing differs. */
    static Report agreeing() {
        var it = tweets();
        var agreeing = new Report.ViewCount(1206, 1206, 0, 0, Map.of());
        var windows = it.windows().stream()
                .filter(line -> line.state() != WindowState.OPEN)
                .map(line ->
                        window(line.view(), line.start().orElseThrow(), WindowState.AGREE, line.batch(), line.batch()))
                .toList();
        return new Report(
                it.subject(),
                new Report.Agreement(
                        Verdict.AGREE,
                        "All 1,206 rows have the same numbers in stream and batch.",
                        new Report.Accuracy(1206, 1206, new BigDecimal(100), BigDecimal.ZERO),
                        Map.of("window_stats", agreeing)),
                Map.of(),
                windows,
                Differences.of(List.of()),
                it.targets(),
                it.runs(),
                new Report.Refusals(Map.of(), common()),
                it.tradeOff(),
                it.provenance());
    }

    /** Nothing is final, nothing was measured. */
    static Report pending() {
        var it = tweets();
        var latency = new Report.Latency("No row was written yet", 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        return new Report(
                it.subject(),
                new Report.Agreement(
                        Verdict.PENDING,
                        "No window has closed yet.",
                        new Report.Accuracy(0, 0, BigDecimal.ZERO, BigDecimal.ZERO),
                        Map.of()),
                Map.of(),
                List.of(),
                Differences.of(List.of()),
                List.of(),
                new Report.Runs(Map.of(), latency, Map.of(), Map.of()),
                Report.Refusals.NONE,
                Report.TradeOff.UNKNOWN,
                new Report.Provenance(
                        it.provenance().generatedAt(), it.provenance().versions(), List.of()));
    }

    /** Something has no cause. */
    static Report disagreeing() {
        var it = tweets();
        var windows = new ArrayList<>(it.windows());
        windows.set(
                1,
                window(
                        "window_stats",
                        START.plus(SIZE),
                        WindowState.UNEXPLAINED,
                        new BigDecimal(2701),
                        new BigDecimal(2744)));
        windows.set(
                2,
                window(
                        "window_stats",
                        START.plus(SIZE.multipliedBy(2)),
                        WindowState.EXPLAINED,
                        new BigDecimal(2810),
                        new BigDecimal(2812)));
        var causes = new LinkedHashMap<>(it.causes());
        causes.put(
                Cause.UNEXPLAINED, new Report.CauseCount(0, 3, Cause.UNEXPLAINED.meaning(), Cause.UNEXPLAINED.hint()));
        return new Report(
                it.subject(),
                new Report.Agreement(
                        Verdict.DISAGREE,
                        "3 of 1,206 rows differ and nothing explains it.",
                        it.agreement().accuracy(),
                        it.agreement().views()),
                causes,
                windows,
                it.differences(),
                it.targets(),
                it.runs(),
                it.refusals(),
                it.tradeOff(),
                it.provenance());
    }

    /** Of the late records, 13 are of one partition and 9 of one app; the quarantined ones share nothing. */
    private static Map<String, CommonTraits> common() {
        return ordered(
                "late",
                CommonTraits.of(
                        17,
                        12_600,
                        2,
                        List.of(
                                new CommonTraits.Counted("partition", "1", 13, 4_187),
                                new CommonTraits.Counted("app", "Bird 4.2", 9, 630))),
                "quarantined",
                CommonTraits.of(38, 12_600, 2, List.of(new CommonTraits.Counted("partition", "0", 14, 4_211))));
    }

    private static Report.TradeOff tradeOff() {
        var steps = List.of(
                new Report.ConvergenceStep(0, 21.4, 38.2),
                new Report.ConvergenceStep(0.1, 20.1, 38.2),
                new Report.ConvergenceStep(0.5, 9.7, 17),
                new Report.ConvergenceStep(1, 2.9, 6.4),
                new Report.ConvergenceStep(5, 0.4, 1.6),
                new Report.ConvergenceStep(60, 0.14, 0.7));
        return new Report.TradeOff(
                Optional.of(new Report.BreakEven(Duration.ofMinutes(10), 640, 0.168, 667.3, 1.9427, 10)),
                List.of(
                        new Report.Convergence("window_stats", 5, steps, Optional.of(4.2), 0.14),
                        new Report.Convergence("window_totals", 5, steps, Optional.empty(), 1.6)),
                new TreeMap<>(Map.of(12L, 9L, 63L, 8L)));
    }

    private static Report.Latency latency() {
        return new Report.Latency(
                "From the log's arrival time to the committed row",
                1840,
                812.4,
                1942.7,
                2630,
                4118,
                false,
                List.of(
                        new Report.Stage("waiting", 520, 1130.5, 1800, 3002),
                        new Report.Stage("computing", 190.5, 610, 702, 911),
                        new Report.Stage("committing", 101.9, 202.2, 304, 413)),
                960);
    }

    private static Map<Mode, Report.Cost> cost() {
        return ordered(
                Mode.STREAM,
                new Report.Cost(21.4, 19.8, 12_600, 9_100_000, 412_000_000, 3_210, 1_450_000),
                Mode.BATCH,
                new Report.Cost(3.6, 2.2, 12_600, 4_800_000, 389_000_000, 0, 0));
    }

    private static Map<String, Report.ViewCount> views() {
        return ordered(
                "window_stats",
                new Report.ViewCount(
                        1151,
                        1131,
                        20,
                        204,
                        ordered(
                                "tweets", measure(20, "3", "12.5", "0.03"),
                                "mentions", measure(20, "4", "11.1", "0.031"),
                                "avg_likes", measure(17, "2.5", "8.3", "0.044"))),
                "window_totals",
                new Report.ViewCount(
                        5,
                        3,
                        2,
                        1,
                        ordered("tweets", measure(2, "11", "0.49", "0.08"), "users", measure(2, "7", "0.61", "0.004"))),
                "top_hashtags",
                new Report.ViewCount(50, 49, 1, 10, ordered("mentions", measure(1, "3", "0.7", "0.01"))));
    }

    private static Report.MeasureCount measure(long differing, String largest, String percent, String mean) {
        return new Report.MeasureCount(
                differing, new BigDecimal(largest), new BigDecimal(percent), new BigDecimal(mean));
    }

    private static Map<Cause, Report.CauseCount> causes() {
        return ordered(
                Cause.LATE,
                        new Report.CauseCount(
                                17, 23, Cause.LATE.meaning(), "a 10 minute watermark delay would have kept all 17"),
                Cause.OPEN, new Report.CauseCount(1042, 215, Cause.OPEN.meaning(), Cause.OPEN.hint()));
    }

    private static Map<Mode, Report.Conservation> conservation() {
        return ordered(
                Mode.STREAM, new Report.Conservation(12600, 11238, 61, 118, 17, 124, 0, 1042),
                Mode.BATCH, new Report.Conservation(12600, 12297, 61, 118, 0, 124, 0, 0));
    }

    private static Map<Mode, Report.Throughput> throughput() {
        return ordered(
                Mode.STREAM, new Report.Throughput(1184.2, 12600, 10.64, "while it caught up with the log"),
                Mode.BATCH, new Report.Throughput(4921.9, 12600, 2.56, "reading, computing and writing"));
    }

    private static List<Report.Target> targets() {
        return List.of(
                new Report.Target("parity", "at most 1 % apart", "0.032 % (weighted mean of the worst measure)", true),
                new Report.Target("latency p95", "at most 5 seconds", "1,943 ms", true),
                new Report.Target("throughput", "at least 100 events/s", "1,184 events/s", true));
    }

    private static Map<String, Long> quarantine() {
        return ordered("missing_id", 27L, "malformed", 28L, "future_dated", 6L);
    }

    private static List<Report.WindowLine> windows() {
        var lines = new ArrayList<Report.WindowLine>();
        series(lines, "window_stats", new int[] {2410, 2744, 2812, 2390, 2655, 1404}, new int[] {0, 6, 0, 4, 13, 37});
        series(lines, "window_totals", new int[] {2240, 2461, 2518, 2201, 2377, 1260}, new int[] {0, 0, 0, 6, 11, 30});
        series(lines, "top_hashtags", new int[] {1120, 1301, 1355, 1098, 1204, 660}, new int[] {0, 0, 0, 0, 3, 12});
        return lines;
    }

    private static void series(List<Report.WindowLine> lines, String view, int[] batch, int[] missing) {
        for (var index = 0; index < batch.length; index++) {
            var state = index == batch.length - 1
                    ? WindowState.OPEN
                    : missing[index] == 0 ? WindowState.AGREE : WindowState.EXPLAINED;
            lines.add(window(
                    view,
                    START.plus(SIZE.multipliedBy(index)),
                    state,
                    new BigDecimal(batch[index] - missing[index]),
                    new BigDecimal(batch[index])));
        }
    }

    private static Report.WindowLine window(
            String view, Instant start, WindowState state, BigDecimal stream, BigDecimal batch) {
        var differing = state == WindowState.AGREE ? 0 : batch.subtract(stream).longValue();
        var keys = view.equals("window_totals") ? 1 : 214;
        return new Report.WindowLine(
                view,
                view.equals("window_totals") ? "tweets" : "mentions",
                Optional.of(start),
                Optional.of(start.plus(SIZE)),
                state,
                stream,
                batch,
                keys,
                Math.min(keys, differing),
                view.equals("window_totals") ? List.of() : bars(state));
    }

    private static List<Report.Bar> bars(WindowState state) {
        return IntStream.range(0, TAGS.size())
                .mapToObj(index -> new Report.Bar(
                        TAGS.get(index),
                        new BigDecimal(
                                412 - 37 * index - (state == WindowState.AGREE || index % 4 != 1 ? 0 : index + 2)),
                        new BigDecimal(412 - 37 * index)))
                .toList();
    }

    /** A map in the order written: key, value, key, value. */
    @SuppressWarnings("unchecked")
    static <K, V> Map<K, V> ordered(K key, V value, Object... more) {
        var map = new LinkedHashMap<K, V>();
        map.put(key, value);
        for (var index = 0; index < more.length; index += 2) {
            map.put((K) more[index], (V) more[index + 1]);
        }
        return map;
    }
}
