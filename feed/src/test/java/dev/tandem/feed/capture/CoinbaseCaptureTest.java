package dev.tandem.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.feed.FeedException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoinbaseCaptureTest {

    private static final String END = "{\"type\":\"error\",\"message\":\"end\",\"reason\":\"of the script\"}";

    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final List<String> news = new CopyOnWriteArrayList<>();

    @Test
    void S2_01_subscribesToTickersAndHeartbeats() throws Exception {
        try (var server = PlayedServer.of(sends(END))) {
            var unused = capture(server);

            assertThat(new ObjectMapper().readTree(server.subscriptions().get(0)))
                    .isEqualTo(new ObjectMapper()
                            .readTree("{\"type\":\"subscribe\",\"channels\":["
                                    + "{\"name\":\"ticker\",\"product_ids\":[\"BTC-USD\"]},"
                                    + "{\"name\":\"heartbeat\",\"product_ids\":[\"BTC-USD\"]}]}"));
        }
    }

    @Test
    void S2_01_keepsRelevantTickersAsTheyCame() throws Exception {
        var frames = List.of(
                "{\"type\":\"subscriptions\",\"channels\":[]}",
                ticker("BTC-USD", 7, 100),
                ticker("ETH-EUR", 1, 5),
                "{\"type\":\"match\",\"product_id\":\"BTC-USD\",\"trade_id\":8}",
                ticker("BTC-USD", 8, 130).replace("\"side\":\"buy\",", ""),
                ticker("BTC-USD", 8, 131).replace("\"buy\"", "null"),
                "{\"type\":\"ticker\"",
                "[]",
                ticker("BTC-USD", 8, 140),
                END);
        try (var server = PlayedServer.of(sends(frames.toArray(String[]::new)))) {
            var report = capture(server);

            assertThat(kept).containsExactly("BTC-USD 7 " + frames.get(1), "BTC-USD 8 " + frames.get(8));
            assertThat(report.ignored()).isEqualTo(Map.of("subscriptions", 1L, "ticker", 1L, "match", 1L, "error", 1L));
            assertThat(report.refused()).isEqualTo(Map.of("side", 2L));
            assertThat(report.unreadable()).isEqualTo(2);
            assertThat(report.received()).isEqualTo(10);
        }
    }

    @Test
    void S2_01_putsFragmentsTogether() throws Exception {
        Consumer<WebSocket> script = client -> {
            PlayedServer.inFragments(client, ticker("BTC-USD", 7, 100));
            PlayedServer.inFragments(client, END);
        };
        try (var server = PlayedServer.of(script)) {
            var unused = capture(server);

            assertThat(kept).containsExactly("BTC-USD 7 " + ticker("BTC-USD", 7, 100));
        }
    }

    @Test
    void S2_01_connectsAgainWhereTheServerCloses() throws Exception {
        Consumer<WebSocket> closes = client -> {
            client.send(ticker("BTC-USD", 7, 100));
            client.close(1001, "restart");
        };
        try (var server = PlayedServer.of(List.of(closes, sends(ticker("BTC-USD", 8, 101), END)))) {
            var report = capture(server);

            assertThat(kept).hasSize(2);
            assertThat(report.interruptions()).singleElement().satisfies(interruption -> {
                assertThat(interruption.why()).isEqualTo("closed by the server (1001 restart)");
                assertThat(interruption.back().orElseThrow()).isAfterOrEqualTo(interruption.lost());
            });
            assertThat(report.missingTrades()).isZero();
        }
    }

    @Test
    void S2_01_connectsAgainWhereNoFrameComes() throws Exception {
        try (var server = PlayedServer.of(List.of(sends(ticker("BTC-USD", 7, 100)), sends(END)))) {
            var report = capture(server, settings(server).withSilence(Duration.ofMillis(300)));

            assertThat(report.interruptions())
                    .extracting(CaptureReport.Interruption::why)
                    .containsExactly("silent for PT0.3S");
            assertThat(kept).hasSize(1);
        }
    }

    @Test
    void S2_01_sendsARepeatAfterAReconnectNotTwice() throws Exception {
        Consumer<WebSocket> closes = client -> {
            client.send(ticker("BTC-USD", 7, 100));
            client.send(ticker("BTC-USD", 8, 110));
            client.close(1006);
        };
        var again = sends(ticker("BTC-USD", 8, 110), ticker("BTC-USD", 9, 120), END);
        try (var server = PlayedServer.of(List.of(closes, again))) {
            var report = capture(server);

            assertThat(kept.stream().map(line -> line.substring(0, 9)))
                    .containsExactly("BTC-USD 7", "BTC-USD 8", "BTC-USD 9");
            assertThat(report.duplicates()).isEqualTo(1);
        }
    }

    @Test
    void S2_01_reportsTheTradesOfAGap() throws Exception {
        var script = sends(
                ticker("BTC-USD", 7, 100),
                ticker("BTC-USD", 12, 150),
                ticker("BTC-USD", 9, 120),
                "{\"type\":\"heartbeat\",\"product_id\":\"BTC-USD\",\"last_trade_id\":14,\"sequence\":170}",
                END);
        try (var server = PlayedServer.of(script)) {
            var report = capture(server);

            assertThat(report.missing())
                    .isEqualTo(Map.of(
                            "BTC-USD",
                            List.of(new MissingTrades(8, 8), new MissingTrades(10, 11), new MissingTrades(13, 14))));
            assertThat(report.missingTrades()).isEqualTo(5);
            assertThat(report.sequenceFalls()).isEqualTo(1);
            assertThat(report.jumps()).singleElement().satisfies(jump -> {
                assertThat(jump.missing()).isEqualTo(new MissingTrades(8, 11));
                assertThat(List.of(jump.sequenceBefore(), jump.sequenceAfter())).containsExactly(100L, 150L);
            });
        }
    }

    @Test
    void S2_01_tellsAnErrorFrameAndGoesOn() throws Exception {
        var error = "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"XYZ is not valid\"}";
        try (var server = PlayedServer.of(sends(error, ticker("BTC-USD", 7, 100), END))) {
            var report = capture(server);

            assertThat(report.errors()).containsExactly("Failed to subscribe: XYZ is not valid", "end: of the script");
            assertThat(news).contains("The server tells an error: Failed to subscribe: XYZ is not valid");
            assertThat(kept).hasSize(1);
        }
    }

    @Test
    void waitsForAServerThatIsNotThereYet() {
        var told = new ArrayList<String>();
        var settings = CaptureSettings.coinbase(Set.of("BTC-USD"))
                .withUrl(URI.create("ws://127.0.0.1:1"))
                .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(10), 0.5));
        var holder = new CoinbaseCapture[1];
        holder[0] = new CoinbaseCapture(settings, (product, id, text) -> {}, line -> {
            told.add(line);
            if (told.size() == 3) {
                holder[0].stop();
            }
        });

        var report = holder[0].run();

        assertThat(report.interruptions()).singleElement().satisfies(interruption -> {
            assertThat(interruption.failures()).isEqualTo(3);
            assertThat(interruption.back()).isEmpty();
        });
        assertThat(told).allMatch(line -> line.contains("lost: cannot connect"));
    }

    @Test
    void endsWhereItsSinkFails() throws Exception {
        try (var server = PlayedServer.of(sends(ticker("BTC-USD", 7, 100)))) {
            Captured broken = (product, id, text) -> {
                throw new FeedException("the sink is full");
            };

            assertThatThrownBy(() -> new CoinbaseCapture(settings(server), broken, news::add).run())
                    .hasMessage("the sink is full");
        }
    }

    private CaptureReport capture(PlayedServer server) {
        return capture(server, settings(server));
    }

    /** Runs until the script's last frame. */
    private CaptureReport capture(PlayedServer server, CaptureSettings settings) {
        var holder = new CoinbaseCapture[1];
        holder[0] = new CoinbaseCapture(
                settings.withUrl(server.address()),
                (product, id, text) -> kept.add(product + " " + id + " " + text),
                line -> {
                    news.add(line);
                    if (line.endsWith("end: of the script")) {
                        holder[0].stop();
                    }
                });
        return holder[0].run();
    }

    static CaptureSettings settings(PlayedServer server) {
        return CaptureSettings.coinbase(Set.of("BTC-USD"))
                .withUrl(server.address())
                .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(10), 0.5));
    }

    private static Consumer<WebSocket> sends(String... frames) {
        return client -> List.of(frames).forEach(client::send);
    }

    private static String ticker(String product, long trade, long sequence) {
        return ("{\"type\":\"ticker\",\"sequence\":%d,\"product_id\":\"%s\",\"price\":\"1.5\",\"best_bid\":\"1.4\","
                        + "\"best_ask\":\"1.5\",\"side\":\"buy\",\"time\":\"2026-11-20T09:00:00.000000Z\",\"trade_id\":%d,"
                        + "\"last_size\":\"0.1\"}")
                .formatted(sequence, product, trade);
    }
}
