package dev.tandem.app.run;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.app.TandemCommand;
import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.testkit.oracle.LogRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The verb before a server that plays a session which somebody else recorded: ten pairs, 107 trades. What is right is counted from its
 * text, without a JSON parser.
 */
@ExtendWith(Bench.Giver.class)
class CaptureTest {
    private static final Pattern RECEIVED = Pattern.compile("^\\d+\\.\\d+: (\\{.*})$");
    private static final String DEFINITION = "pipelines/bitcoin";

    private static List<String> frames;
    private static List<String> tickers;
    private static Trial trial;
    private static TandemCommand captured;
    private static List<LogRecord> log;
    private static Report report;

    @BeforeAll
    static void captureAndCount(Bench bench) throws Exception {
        frames = frames();
        tickers = ofType("ticker");
        trial = trial(bench, "captured");
        try (var server = PlayedServer.of(frames)) {
            captured = captureUntil(107, trial, "capture", DEFINITION, "--url", server.address());
        }
        log = trial.topic("raw_captured");
        report = trial.run(1_000);
    }

    @AfterAll
    static void close() {
        if (trial != null) {
            trial.close();
        }
    }

    /** The definition that ships, for the ten pairs of the session, whose prices have more decimals and whose trade ids are their own. */
    private static Trial trial(Bench bench, String word) {
        var products =
                new TreeSet<>(tickers.stream().map(it -> text(it, "product_id")).toList());
        return Trial.of(
                "bitcoin",
                bench.workspace(),
                Optional.empty(),
                text -> text.replace("pipeline: bitcoin", "pipeline: bitcoin_" + word)
                        .replace("raw_prices", "raw_" + word)
                        .replace("btc_prices", "prices_" + word)
                        .replace("btc_group", "group_" + word)
                        .replace("${mode}_", "${mode}_%s_".formatted(word))
                        .replace("data/", "data/%s/".formatted(word))
                        .replace("[BTC-USD]", products.toString())
                        .replace(
                                "'BTC-USD'",
                                products.stream()
                                        .map("'%s'"::formatted)
                                        .toList()
                                        .toString()
                                        .replaceAll("[\\[\\]]", ""))
                        .replace("DECIMAL(18,2)", "DECIMAL(18,8)")
                        .replace("by: [trade_id]", "by: [product_id, trade_id]")
                        .replace(
                                "window: { tumbling: 1 minute }",
                                "window: { tumbling: 1 minute }\n    by: { product: product_id }"));
    }

    /** Runs the verb as Ctrl-C ends it once the topic holds so many messages. */
    private static TandemCommand captureUntil(int messages, Trial trial, String... words) throws Exception {
        var done = new CompletableFuture<TandemCommand>();
        var thread = new Thread(
                () -> done.complete(TandemCommand.run(trial.workspace().home(), words)), "capture");
        thread.start();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> done.isDone() || trial.topic(topic(trial)).size() >= messages);
        thread.interrupt();
        thread.join();
        return done.join();
    }

    private static String topic(Trial trial) {
        return trial.pipeline().name().replace("bitcoin", "raw");
    }

    @Test
    void S2_01_everyTickerOfTheSessionIsInTheTopicOnceAsItCame() {
        assertThat(captured.code()).as(captured.err()).isZero();
        assertThat(log.stream().map(it -> new String(it.value(), StandardCharsets.UTF_8)))
                .hasSize(107)
                .containsExactlyInAnyOrderElementsOf(tickers);
    }

    @Test
    void S2_01_whatWasSeenIsTold() {
        assertThat(captured.err()).contains("Connected to ws://127.0.0.1:");
        assertThat(captured.out())
                .startsWith("captured for 'bitcoin_captured': ")
                .contains("107 kept, 0 duplicates, 0 refused", "0 trades missing, 0 interruptions");
    }

    @Test
    void S2_01_aTradeThatNeverCameIsAGap(Bench bench) throws Exception {
        var lost = tickers.stream()
                .filter(it -> text(it, "product_id").equals("SKL-USD"))
                .skip(20)
                .findFirst()
                .orElseThrow();
        var left = new ArrayList<>(tickers);
        left.remove(lost);
        left.add(left.get(0));
        try (var gap = trial(bench, "gap");
                var server = PlayedServer.of(left)) {
            var done =
                    captureUntil(106, gap, "capture", DEFINITION, "--json", "--for", "1h", "--url", server.address());
            var document = JsonMapper.builder().build().readTree(done.out());
            assertThat(done.code()).as(done.err()).isEqualTo(130);
            assertThat(document.path("kept").asLong()).isEqualTo(106);
            assertThat(document.path("missing_trades").asLong()).isEqualTo(1);
            assertThat(document.path("missing").toString())
                    .isEqualTo("[{\"product\":\"SKL-USD\",\"from\":%1$s,\"to\":%1$s}]"
                            .formatted(number(lost, "trade_id")));
        }
    }

    @Test
    void S2_08_streamAndBatchAgreeOverTheCapturedTopic() {
        assertThat(report.unexplained()).isZero();
        assertThat(report.differences()).isEmpty();
        assertThat(report.refusals().quarantine()).isEmpty();
        assertThat(report.subject().cut().records()).isEqualTo(107);
    }

    @ParameterizedTest
    @EnumSource
    void S2_03_eachPairHasItsTradesAndItsVolume(Mode mode) {
        var expected =
                tickers.stream()
                        .collect(groupingBy(it -> text(it, "product_id"), TreeMap::new, toList()))
                        .entrySet()
                        .stream()
                        .map(pair -> "%s|%d|%d|%d|%s"
                                .formatted(
                                        pair.getKey(),
                                        pair.getValue().size(),
                                        sides(pair.getValue(), "buy"),
                                        sides(pair.getValue(), "sell"),
                                        pair.getValue().stream()
                                                .map(it -> new BigDecimal(text(it, "last_size")))
                                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                                .setScale(8)
                                                .toPlainString()))
                        .toList();
        var stored = trial.rows("select product, trade_count, buy_count, sell_count, total_volume from "
                + trial.table("overall", mode));
        assertThat(stored.cells().stream()
                        .map(row -> String.join("|", row.subList(0, 4)) + "|"
                                + new BigDecimal(row.get(4)).setScale(8).toPlainString()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long sides(List<String> tickers, String side) {
        return tickers.stream().filter(it -> text(it, "side").equals(side)).count();
    }

    /** A match tells the maker's side, which is the other one. */
    @Test
    void S2_03_theSideIsTheTakers() {
        var matches = new ArrayList<>(ofType("match"));
        matches.addAll(ofType("last_match"));
        var makers = matches.stream().collect(toMap(it -> number(it, "trade_id"), it -> text(it, "side")));
        var landed = trial.rows("select trade_id, side from prices_captured").cells();
        assertThat(landed)
                .hasSize(107)
                .allSatisfy(row -> assertThat(List.of(
                                String.valueOf(row.get(1)), makers.getOrDefault(String.valueOf(row.get(0)), "none")))
                        .containsExactlyInAnyOrder("buy", "sell"));
    }

    @Test
    void aFeedThatIsNotReachedForTheWholeTimeIsNotReady(Bench bench) throws Exception {
        String address;
        try (var server = PlayedServer.of(List.of())) {
            address = server.address();
        }
        try (var none = trial(bench, "none")) {
            var done =
                    TandemCommand.run(none.workspace().home(), "capture", DEFINITION, "--for", "1s", "--url", address);
            assertThat(done.code()).isEqualTo(4);
            assertThat(done.err()).contains("lost: cannot connect");
            assertThat(done.out()).contains("0 frames", "interrupted  ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tweets  |        |         | 3 | Cannot capture for 'tweets': its source names no feed; write 'capture:
                    bitcoin | --for  | soon    | 2 | Cannot read --for 'soon': it is not a length of time; write e.g. 60s
                    bitcoin | --url  | http:// | 2 | Cannot read --url 'http://': it is not the address of a web socket
                    """)
    void whatCannotBeCapturedIsToldWithTheMend(
            String pipeline, @Nullable String option, String value, int code, String message, Bench bench)
            throws IOException {
        var home = Files.createTempDirectory(bench.workspace().home(), "refused");
        var folder = Files.createDirectories(home.resolve("pipelines/" + pipeline));
        Files.copy(Path.of("../pipelines/%s/pipeline.yaml".formatted(pipeline)), folder.resolve("pipeline.yaml"));
        var words = option == null
                ? new String[] {"capture", "pipelines/" + pipeline}
                : new String[] {"capture", "pipelines/" + pipeline, option, value};
        var done = TandemCommand.run(home, words);
        assertThat(done.code()).as(done.err()).isEqualTo(code);
        assertThat(done.err()).contains(message);
    }

    private static List<String> ofType(String type) {
        return frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"%s\",".formatted(type)))
                .toList();
    }

    private static String text(String frame, String field) {
        return found(frame, "\"%s\":\"([^\"]*)\"".formatted(field));
    }

    private static String number(String frame, String field) {
        return found(frame, "\"%s\":(\\d+)".formatted(field));
    }

    private static String found(String frame, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(frame);
        assertThat(matcher.find()).as(frame).isTrue();
        return matcher.group(1);
    }

    private static List<String> frames() throws IOException {
        var file = RealData.file("bitcoin/coinbase-ws-session.txt.gz");
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(RECEIVED::matcher)
                    .filter(matcher -> matcher.matches())
                    .map(matcher -> matcher.group(1))
                    .toList();
        }
    }
}
