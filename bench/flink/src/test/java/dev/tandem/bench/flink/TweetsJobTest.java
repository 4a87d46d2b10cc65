package dev.tandem.bench.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.feed.FaultPlan;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.TweetOracle;
import dev.tandem.testkit.oracle.TweetView;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The Flink job gives the rows that Tandem gives, or a comparison of their speed means nothing. What Tandem must give is known from the
 * same two places that Tandem's own tests ask: the golden rows beside the definition, and the oracle.
 */
class TweetsJobTest {
    private static final Path GOLDEN = Path.of("../../pipelines/tweets/golden");
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    /** The last row that the job wrote for each key, each its cells in the order of the view's columns. */
    private record Rows(List<String> stats, List<String> totals, List<String> top, List<String> refused) {
        @SuppressWarnings("try") // an interrupted test fails
        static Rows of(List<Arrived> messages) throws Exception {
            var environment = StreamExecutionEnvironment.createLocalEnvironment(2);
            environment.getConfig().enableObjectReuse();
            var views = new TweetsJob(Duration.ofMillis(50)).over(environment.fromData(messages));
            try (var stats = views.stats().collectAsync();
                    var totals = views.totals().collectAsync();
                    var top = views.top().collectAsync();
                    var refused = views.refused().collectAsync()) {
                environment.execute();
                return new Rows(
                        last(stats, row -> row.start() + "|" + row.tag(), Rows::cells),
                        last(totals, row -> "" + row.start(), Rows::cells),
                        last(top, row -> row.row().start() + "|" + row.rank(), Rows::cells),
                        last(refused, row -> row.partition() + "|" + row.position(), Refused::rule));
            }
        }

        private static <T> List<String> last(Iterator<T> rows, Function<T, String> key, Function<T, String> cells) {
            var last = new TreeMap<String, String>();
            rows.forEachRemaining(row -> last.put(key.apply(row), cells.apply(row)));
            return last.values().stream().sorted().toList();
        }

        private static String cells(StatsRow row) {
            return cells(time(row.start()), time(row.end()), measures(row));
        }

        private static String cells(TopRow top) {
            return cells(time(top.row().start()), time(top.row().end()), top.rank(), measures(top.row()));
        }

        private static String cells(TotalsRow row) {
            return cells(
                    time(row.start()),
                    time(row.end()),
                    row.tweets(),
                    row.users(),
                    row.tagged(),
                    row.mentions(),
                    number(row.likes().value()),
                    number(row.retweets().value()));
        }

        private static String measures(StatsRow row) {
            return cells(
                    row.tag(),
                    row.tweets(),
                    row.mentions(),
                    number(row.likes().value()),
                    number(row.retweets().value()));
        }

        private static String cells(Object... cells) {
            return Stream.of(cells).map(String::valueOf).collect(Collectors.joining(","));
        }

        private static String time(long millis) {
            return LocalDateTime.ofEpochSecond(millis / 1_000, 0, ZoneOffset.UTC)
                    .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT));
        }

        private static String number(Optional<BigDecimal> value) {
            return value.map(it -> it.stripTrailingZeros().toPlainString()).orElse("");
        }
    }

    /** Ten messages, one of each kind, and rows that were worked out by hand. */
    @Test
    void givesTheGoldenRows() throws Exception {
        var messages = new ArrayList<Arrived>();
        for (var line : Files.readAllLines(GOLDEN.resolve("input.jsonl"))) {
            messages.add(new Arrived(
                    0,
                    messages.size(),
                    START.plus(Duration.ofHours(1)).toEpochMilli(),
                    line.getBytes(StandardCharsets.UTF_8)));
        }

        var rows = Rows.of(messages);

        assertThat(rows.stats()).isEqualTo(golden("window_stats"));
        assertThat(rows.totals()).isEqualTo(golden("window_totals"));
        assertThat(rows.top()).isEqualTo(golden("top_hashtags"));
    }

    private static List<String> golden(String view) throws IOException {
        return Files.readAllLines(GOLDEN.resolve(view + ".csv")).stream()
                .skip(1)
                .sorted()
                .toList();
    }

    /** Three hours of generated tweets: copies up to 5 minutes later, disorder below the delay, and messages that break rules. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OverGeneratedTweets {
        private final List<LogRecord> log = log();
        private Rows rows = new Rows(List.of(), List.of(), List.of(), List.of());

        private List<LogRecord> log() {
            var faults = FaultPlan.usual().withLate(0, Duration.ZERO, Duration.ZERO);
            var generation =
                    new Generation("tweets", 7, START, Duration.ofMillis(1_080), OptionalLong.of(10_000), faults);
            try (var records = Generators.feed(generation).records()) {
                return records.map(
                                it -> new LogRecord(0, it.number(), it.arrival().toEpochMilli(), it.value()))
                        .toList();
            }
        }

        @BeforeAll
        void run() throws Exception {
            rows = Rows.of(log.stream()
                    .map(it -> new Arrived(it.partition(), it.position(), it.arrivedMillis(), it.value()))
                    .toList());
        }

        @ParameterizedTest
        @EnumSource(TweetView.class)
        void givesTheRowsOfTheOracle(TweetView view) {
            var given = switch (view) {
                case WINDOW_STATS -> rows.stats();
                case WINDOW_TOTALS -> rows.totals();
                case TOP_HASHTAGS -> rows.top();
            };

            try (var oracle = TweetOracle.over(log)) {
                var expected = oracle.expected(view, TweetOracle.Side.BATCH).cells().stream()
                        .map(row -> row.stream().map(TweetsJobTest::told).collect(Collectors.joining(",")))
                        .sorted()
                        .toList();
                assertThat(given).hasSizeGreaterThan(8).isEqualTo(expected);
            }
        }

        @Test
        void refusesTheMessagesThatTheOracleRefuses() {
            try (var oracle = TweetOracle.over(log)) {
                var expected = new TreeMap<>(oracle.fates());
                expected.keySet().removeAll(List.of("counted", "duplicate"));
                var refused = rows.refused().stream()
                        .collect(Collectors.groupingBy(rule -> rule, TreeMap::new, Collectors.counting()));
                assertThat(refused).hasSize(3).isEqualTo(expected);
            }
        }
    }

    /** As the job's cells are told: no fraction of a second, no zeros at the end of a decimal. */
    private static String told(@Nullable String cell) {
        if (cell == null) {
            return "";
        }
        return cell.endsWith(":00.0")
                ? cell.substring(0, cell.length() - 2)
                : cell.matches("-?\\d+\\.\\d+")
                        ? new BigDecimal(cell).stripTrailingZeros().toPlainString()
                        : cell;
    }
}
