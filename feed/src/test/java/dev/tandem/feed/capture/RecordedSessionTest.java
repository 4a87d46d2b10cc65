package dev.tandem.feed.capture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that somebody else recorded: ten pairs, 9,946 frames. What is right is counted from its text, without a JSON parser. */
@Timeout(60)
class RecordedSessionTest {

    private static final Pattern RECEIVED = Pattern.compile("^\\d+\\.\\d+: (\\{.*})$");

    @Test
    void S2_01_capturesEveryTickerOfTheRecordedSessionOnce() throws Exception {
        var frames = frames();
        var tickers = ofType(frames, "ticker");
        var products = tickers.stream().map(frame -> text(frame, "product_id")).collect(toCollection(TreeSet::new));
        var kept = new ArrayList<String>();

        try (var server = PlayedServer.of(client -> frames.forEach(frame -> {
            if (frame.length() % 5 == 0) {
                PlayedServer.inFragments(client, frame);
            } else {
                client.send(frame);
            }
        }))) {
            var holder = new CoinbaseCapture[1];
            var settings = CoinbaseCaptureTest.settings(server);
            holder[0] = new CoinbaseCapture(
                    new CaptureSettings(
                            settings.url(),
                            products,
                            settings.required(),
                            settings.silence(),
                            settings.backoff(),
                            settings.clock()),
                    (product, id, text) -> {
                        kept.add(text);
                        if (kept.size() == tickers.size()) {
                            holder[0].stop();
                        }
                    },
                    line -> {});
            var report = holder[0].run();

            assertThat(products).hasSize(10);
            assertThat(kept).hasSize(107).containsExactlyElementsOf(tickers);
            assertThat(report.missingTrades()).isEqualTo(missing(tickers));
            assertThat(report.duplicates()).isZero();
        }
    }

    /** Ids between a product's first and last one that never came. */
    private static long missing(List<String> tickers) {
        var ids = tickers.stream()
                .collect(groupingBy(
                        frame -> text(frame, "product_id"),
                        mapping(frame -> number(frame, "trade_id"), toCollection(TreeSet::new))));
        return ids.values().stream()
                .mapToLong(seen -> seen.last() - seen.first() + 1 - seen.size())
                .sum();
    }

    @Test
    void S2_03_theSideOfATickerIsTheTakersAndThatOfAMatchTheMakers() throws IOException {
        var matches = new ArrayList<>(ofType(frames(), "match"));
        matches.addAll(ofType(frames(), "last_match"));
        var makers = matches.stream().collect(toMap(RecordedSessionTest::trade, frame -> text(frame, "side")));

        assertThat(ofType(frames(), "ticker"))
                .hasSize(107)
                .allSatisfy(ticker -> assertThat(
                                List.of(text(ticker, "side"), makers.getOrDefault(trade(ticker), "none")))
                        .containsExactlyInAnyOrder("buy", "sell"));
    }

    private static String trade(String frame) {
        return text(frame, "product_id") + " " + number(frame, "trade_id");
    }

    private static List<String> ofType(List<String> frames, String type) {
        return frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"%s\",".formatted(type)))
                .toList();
    }

    private static String text(String frame, String field) {
        return found(frame, "\"%s\":\"([^\"]*)\"".formatted(field));
    }

    private static long number(String frame, String field) {
        return Long.parseLong(found(frame, "\"%s\":(\\d+)".formatted(field)));
    }

    private static String found(String frame, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(frame);
        assertThat(matcher.find()).as(frame).isTrue();
        return matcher.group(1);
    }

    private static List<String> frames() throws IOException {
        var file = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("../../shared/data/bitcoin/coinbase-ws-session.txt.gz")
                .normalize();
        assumeThat(Files.exists(file))
                .as("skipped: the recorded session is not beside the repository (../shared/data)")
                .isTrue();
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
