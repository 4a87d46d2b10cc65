package dev.tandem.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePageTest {
    private static final String PULSES = get("/api/v1/events?pipeline=tweets", "Accept: text/event-stream|");
    /** Enough for the headers and the beginning of a first event. */
    private static final int FIRST = 600;

    private static final AccessToken TOKEN = AccessToken.random(new SecureRandom());

    /** The first line of an answer and its headers, as they come off the socket: no client library repairs the request. */
    private static String answer(LivePage page, String request) throws IOException {
        return answer(page, request, 100_000);
    }

    private static String answer(LivePage page, String request, int most) throws IOException {
        try (var socket = asking(page, request)) {
            var bytes = socket.getInputStream().readNBytes(most);
            return new String(bytes, UTF_8);
        }
    }

    /** A connection over which {@code request} has been sent; the answer must come within 20 seconds. */
    private static Socket asking(LivePage page, String request) throws IOException {
        int port = page.address().getPort();
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(request.replace("PORT", "" + port).replace("|", "\r\n").getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String first(Socket reader) throws IOException {
        return new String(reader.getInputStream().readNBytes(FIRST), UTF_8);
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1|Host: 127.0.0.1:PORT|Connection: close|" + headers + "|";
    }

    @Nested
    class OnLoopback {
        private final LivePage page = LivePage.start(new SamplePageData(), new Exposure.Loopback(0));

        @AfterEach
        void stop() {
            page.close();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "GET /; Host: evil.test",
                    "GET /; Host: evil.test:PORT",
                    "GET /; Host: 127.0.0.1.evil.test:PORT",
                    "GET /; Host: localhost:1",
                    "GET /; Host: 127.0.0.1",
                    "GET /api/v1/pipelines; Host: 127.0.0.1:PORT|Origin: http://evil.test",
                    "GET /api/v1/pipelines; Host: 127.0.0.1:PORT|Origin: null",
                    "GET /api/v1/pipelines; Host: 127.0.0.1:PORT|Origin: http://127.0.0.1:1",
                    "GET /api/v1/pipelines; Host: 127.0.0.1:PORT|Origin: https://127.0.0.1:PORT",
                    "GET /api/v1/events; Host: 127.0.0.1:PORT|Sec-Fetch-Site: cross-site|Accept: text/event-stream",
                    "GET /api/v1/system; Host: 127.0.0.1:PORT|Sec-Fetch-Site: same-site",
                    "GET /app.js; Host: 127.0.0.1:PORT|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors",
                    "GET /api/v1/system; Host: 127.0.0.1:PORT|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate",
                    "POST /api/v1/pipelines; Host: 127.0.0.1:PORT|Content-Length: 0",
                    "POST /; Host: 127.0.0.1:PORT|Origin: http://127.0.0.1:PORT|Content-Length: 0",
                    "DELETE /api/v1/pipelines; Host: 127.0.0.1:PORT|Sec-Fetch-Site: same-origin",
                    "OPTIONS /api/v1/pipelines; Host: 127.0.0.1:PORT|Origin: http://evil.test",
                })
        void aHostileRequestIsRefused(String line, String headers) throws IOException {
            assertThat(answer(page, line + " HTTP/1.1|" + headers + "|Connection: close||"))
                    .startsWith("HTTP/1.1 403");
        }

        @ParameterizedTest
        @CsvSource({"127.0.0.1", "localhost", "LOCALHOST", "[::1]"})
        void itAnswersToItsOwnNames(String name) throws IOException {
            assertThat(answer(page, "GET / HTTP/1.1|Host: " + name + ":PORT|Connection: close||"))
                    .startsWith("HTTP/1.1 200");
        }

        @Test
        void aLinkFromElsewhereOpensThePage() throws IOException {
            for (var path : List.of(
                    "/", "/why?pipeline=tweets&view=window_stats&key.hashtag=java", "/trace?pipeline=tweets&at=0:1")) {
                assertThat(answer(page, get(path, "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|")))
                        .startsWith("HTTP/1.1 200")
                        .contains("<title>Tandem</title>");
            }
        }

        @Test
        void aRecordThatIsNotNamedIsAskedFor() throws IOException {
            assertThat(answer(page, get("/api/v1/pipelines/tweets/trace", "")))
                    .startsWith("HTTP/1.1 422")
                    .contains("name one with at=partition:position");
        }

        @Test
        void aTimeThatIsNoneIsNamed() throws IOException {
            assertThat(answer(page, get("/api/v1/pipelines/tweets/why?window=noon", "")))
                    .startsWith("HTTP/1.1 422")
                    .contains("Cannot read the window 'noon'");
        }

        @Test
        void differencesComePageByPage() throws IOException {
            var first = answer(page, get("/api/v1/pipelines/tweets/differences?most=2", ""));
            var second = answer(page, get("/api/v1/pipelines/tweets/differences?most=2&from=2", ""));

            assertThat(first).contains("\"total\":").isNotEqualTo(second);
        }

        @ParameterizedTest
        @CsvSource({"/", "/app.js", "/api/v1/pipelines", "/nothing/here", "/api/v1/pipelines/nobody"})
        void everyAnswerForbidsWhatIsNotItsOwn(String path) throws IOException {
            assertThat(answer(page, get(path, "")))
                    .contains(
                            "Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'")
                    .contains(
                            "X-Content-Type-Options: nosniff",
                            "Referrer-Policy: no-referrer",
                            "Cache-Control: no-store")
                    .doesNotContain("Server:", "Set-Cookie", "Access-Control-Allow");
        }

        @ParameterizedTest
        @CsvSource({
            "/../../etc/passwd",
            "/..%2f..%2fetc%2fpasswd",
            "/dev/tandem/page/app.js",
            "/%2e%2e/app.js",
            "/WEB-INF/web.xml"
        })
        void noPathLeadsToAFile(String path) throws IOException {
            assertThat(answer(page, get(path, "")))
                    .doesNotStartWith("HTTP/1.1 200")
                    .doesNotContain("root:");
        }

        @Test
        void answersBearTheirVersion() throws IOException {
            assertThat(answer(page, get("/api/v1/pipelines", "")))
                    .contains("{\"schema_version\":1,\"data\":[{\"name\":\"tweets\",\"about\":\"Hashtags");
        }

        @Test
        void whatThereIsNotIsSaidInJson() throws IOException {
            assertThat(answer(page, get("/api/v1/pipelines/nobody", "")))
                    .startsWith("HTTP/1.1 404")
                    .endsWith("{\"schema_version\":1,\"data\":{\"message\":\"Not found\"}}");
        }

        @Test
        void thePulseComesAsEvents() throws IOException {
            var first = answer(page, get("/api/v1/events?pipeline=tweets", "Accept: text/event-stream|"), 700);
            assertThat(first).contains("text/event-stream", "event: pulse", "\"pipeline\":\"tweets\"");
        }

        private List<Socket> readers(int count) throws IOException {
            var readers = new ArrayList<Socket>();
            for (int reader = 0; reader < count; reader++) {
                readers.add(asking(page, PULSES));
            }
            return readers;
        }

        private static void close(List<Socket> readers) throws IOException {
            for (var reader : readers) {
                reader.close();
            }
        }

        /** The headers come before a reader is counted, the first pulse after. */
        @Test
        void theFiftyFirstReaderIsSentAway() throws IOException {
            var readers = readers(Pulses.MOST_READERS);
            try {
                for (var reader : readers) {
                    assertThat(first(reader)).contains("event: pulse");
                }
                assertThat(answer(page, PULSES, FIRST)).startsWith("HTTP/1.1 503");
                assertThat(answer(page, get("/api/v1/pipelines", ""))).startsWith("HTTP/1.1 200");
            } finally {
                close(readers);
            }
        }

        @Test
        void ofManyThatComeAtOnceFiftyAreLetIn() throws IOException {
            var readers = readers(Pulses.MOST_READERS + 20);
            try {
                int entered = 0;
                for (var reader : readers) {
                    entered += first(reader).contains("event: pulse") ? 1 : 0;
                }
                assertThat(entered).isEqualTo(Pulses.MOST_READERS);
            } finally {
                close(readers);
            }
        }

        @Test
        void metricsAreToldInTheFormOfPrometheus() throws IOException {
            assertThat(answer(page, get("/metrics", "")))
                    .contains("Content-Type: text/plain; version=0.0.4")
                    .contains(
                            "# TYPE tandem_records_total counter\ntandem_records_total{pipeline=\"tweets\",fate=\"read\"} ")
                    .contains("tandem_latency_seconds{pipeline=\"tweets\",quantile=\"0.95\"} 0.4")
                    .contains("tandem_stream_running{pipeline=\"orders\"} 0\n")
                    .contains("tandem_state_rows{pipeline=\"tweets\",kind=\"keys\",part=\"0\"} 41207\n")
                    .contains("tandem_state_bytes{pipeline=\"tweets\",kind=\"groups\",part=\"0\"} 391800\n")
                    .contains("tandem_lag_records{pipeline=\"tweets\"} ")
                    .contains("tandem_cause_records{pipeline=\"tweets\",cause=\"late\"} 12\n")
                    .contains("tandem_compared_rows{pipeline=\"tweets\"} 1200\n");
        }

        @Test
        void nobodyElseCanReachIt() throws IOException {
            var other = InetAddress.getByName("127.0.0.2");
            assertThatThrownBy(() -> new Socket(other, page.address().getPort()).close())
                    .isInstanceOf(IOException.class);
        }

        @Test
        void closingTwiceIsFine() {
            page.close();
            page.close();
        }
    }

    @Nested
    class WithAToken {
        private final LivePage page = LivePage.start(
                new SamplePageData(), new Exposure.Unencrypted("127.0.0.1", 0, Set.of("tandem.example"), TOKEN));

        @AfterEach
        void stop() {
            page.close();
        }

        @ParameterizedTest
        @CsvSource({
            "/api/v1/pipelines",
            "/api/v1/events?pipeline=tweets",
            "/api/v1/system",
            "/api/v1/nothing",
            "/metrics"
        })
        void nothingIsToldWithoutIt(String path) throws IOException {
            assertThat(answer(page, get(path, "Accept: text/event-stream|")))
                    .startsWith("HTTP/1.1 401")
                    .doesNotContain("tweets");
            assertThat(answer(page, get(path, "Authorization: Bearer " + "0".repeat(64) + "|")))
                    .startsWith("HTTP/1.1 401");
            assertThat(answer(page, get(path.replace("?", "?token=" + TOKEN.reveal() + "&"), "")))
                    .startsWith("HTTP/1.1 401");
        }

        @Test
        void itOpensEverything() throws IOException {
            assertThat(answer(page, get("/api/v1/pipelines", "Authorization: Bearer " + TOKEN.reveal() + "|")))
                    .startsWith("HTTP/1.1 200");
        }

        @Test
        void theNameOfTheMachineIsAnswered() throws IOException {
            assertThat(answer(page, "GET / HTTP/1.1|Host: tandem.example:PORT|Connection: close||"))
                    .startsWith("HTTP/1.1 200");
        }

        @Test
        void itIsFoundByTheAddressItListensOn() {
            assertThat(page.address().toString())
                    .isEqualTo("http://127.0.0.1:" + page.address().getPort() + "/");
        }

        @Test
        void onAllAddressesItIsFoundByItsName() {
            var everywhere = new Exposure.Unencrypted("0.0.0.0", 0, Set.of("0.0.0.0", "tandem.example"), TOKEN);
            try (var shown = LivePage.start(new SamplePageData(), everywhere)) {
                assertThat(shown.address().getHost()).isEqualTo("tandem.example");
            }
        }

        @Test
        void itIsNeverPrinted() {
            assertThat(TOKEN.toString()).isEqualTo("AccessToken[hidden]");
            assertThat(new Exposure.Loopback(0, Optional.of(TOKEN)).toString()).doesNotContain(TOKEN.reveal());
        }

        @Test
        void aShortOneIsRefused() {
            assertThatThrownBy(() -> AccessToken.of("secret"))
                    .hasMessage(
                            "Cannot use a token of 6 characters: it must be 64 hexadecimal digits; make one with 'openssl rand -hex 32'");
        }
    }

    @Nested
    class InTrouble {
        private final LivePage page = LivePage.start(
                EmptyPageData.trouble(() -> new IllegalStateException("password=hunter2")), new Exposure.Loopback(0));

        @AfterEach
        void stop() {
            page.close();
        }

        @Test
        void whatNobodyExpectedIsNotToldToReaders() throws IOException {
            assertThat(answer(page, get("/api/v1/system", "")))
                    .startsWith("HTTP/1.1 500")
                    .doesNotContain("hunter2")
                    .contains("could not be read");
        }
    }

    @Test
    void aTakenPortIsToldWithItsMend() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> LivePage.start(new SamplePageData(), new Exposure.Loopback(port))
                            .close())
                    .isInstanceOf(PageException.class)
                    .hasMessageStartingWith("Cannot serve the page on 127.0.0.1:" + port + ": ")
                    .hasMessageEndingWith("take another port, or 0 for any free one");
        }
    }
}
