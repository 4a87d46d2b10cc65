package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.app.run.Alerts.Delivery;
import dev.tandem.app.run.Alerts.Outcome;
import dev.tandem.model.Plans.Alert;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Differences;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts as a server on this machine gets them. */
class AlertsTest {
    private static final List<Duration> AT_ONCE = List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private record Posted(String signature, String body) {}

    private final Queue<Integer> answers = new ArrayDeque<>();
    private final List<Posted> posted = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var signature = Optional.ofNullable(exchange.getRequestHeaders().getFirst(Alerts.SIGNATURE));
            posted.add(new Posted(
                    signature.orElse(""),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(Optional.ofNullable(answers.poll()).orElse(204), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void send(Alert.When when, Optional<Outcome> before, Optional<String> secret, Report report)
            throws InterruptedException {
        var address = URI.create(
                "http://127.0.0.1:%d/hook/token".formatted(server.getAddress().getPort()));
        var sending =
                new Alerts(new Alert(address, when), new Delivery(secret, AT_ONCE), narrator()).send(report, before);
        if (sending.isPresent()) {
            sending.get().join();
        }
    }

    private Narrator narrator() {
        return new Narrator() {
            @Override
            public void tell(String text) {
                told.add(text);
            }

            @Override
            public void progress(String label, long done, OptionalLong total) {}
        };
    }

    private static Report report(Verdict verdict, boolean targetMet) {
        return new Report(
                new Report.Subject(
                        "tweets", "", "759b", new Report.CutLine(1, Map.of(), 10, Collections.emptySortedMap())),
                new Report.Agreement(
                        verdict,
                        "A sentence.",
                        new Report.Accuracy(10, 7, new BigDecimal(70), BigDecimal.ONE),
                        Map.of()),
                Map.of(Cause.LATE, new Report.CauseCount(5, 2, Cause.LATE.meaning(), Cause.LATE.hint())),
                List.of(),
                Differences.of(List.of()),
                List.of(new Report.Target("parity", "at most 1 % apart", "2 %", targetMet)),
                Report.Runs.NOT_MEASURED,
                Report.Refusals.NONE,
                Report.TradeOff.UNKNOWN,
                new Report.Provenance(Instant.parse("2026-01-31T12:00:00Z"), Map.of(), List.of()));
    }

    /** The second example of RFC 4231. */
    @Test
    void signsAsTheStandardSays() {
        assertThat(Alerts.signature("Jefe", "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void postsAFailedComparisonWithItsSignature() throws Exception {
        send(Alert.When.FAILED, Optional.empty(), Optional.of("secret"), report(Verdict.AGREE_WITH_CAUSES, false));
        assertThat(posted).hasSize(1);
        var body = new ObjectMapper().readTree(posted.get(0).body());
        assertThat(body.path("pipeline").asText()).isEqualTo("tweets");
        assertThat(body.path("failed").asBoolean()).isTrue();
        assertThat(body.at("/causes/late").asLong()).isEqualTo(5);
        assertThat(body.at("/missed_targets/0/reached").asText()).isEqualTo("2 %");
        assertThat(posted.get(0).signature())
                .isEqualTo("sha256="
                        + Alerts.signature("secret", posted.get(0).body().getBytes(StandardCharsets.UTF_8)));
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("alert delivered to 127.0.0.1")
                .doesNotContain("token");
    }

    @Test
    void triesAgainWhenTheServerIsBusy() throws Exception {
        answers.addAll(List.of(503, 429, 500));
        send(Alert.When.FAILED, Optional.empty(), Optional.empty(), report(Verdict.DISAGREE, true));
        assertThat(posted).hasSize(4).allMatch(it -> it.signature().isEmpty());
        assertThat(told).singleElement().asString().startsWith("alert delivered");
    }

    @Test
    void givesUpWhereTheServerRefuses() throws Exception {
        answers.add(403);
        send(Alert.When.FAILED, Optional.empty(), Optional.empty(), report(Verdict.DISAGREE, true));
        assertThat(posted).hasSize(1);
        assertThat(told).singleElement().asString().contains("could not be delivered", "it answers 403");
    }

    @Test
    void tellsOfADeadServerAndGoesOn() throws Exception {
        server.stop(0);
        send(Alert.When.ALWAYS, Optional.empty(), Optional.empty(), report(Verdict.AGREE, true));
        assertThat(told).singleElement().asString().contains("could not be delivered");
    }

    @Test
    void tellsOnlyWhatIsWanted() throws Exception {
        var good = report(Verdict.AGREE, true);
        send(Alert.When.FAILED, Optional.empty(), Optional.empty(), good);
        send(Alert.When.CHANGED, Optional.of(Outcome.of(good)), Optional.empty(), good);
        assertThat(posted).isEmpty();
        send(Alert.When.CHANGED, Optional.of(new Outcome("disagree", true)), Optional.empty(), good);
        send(Alert.When.ALWAYS, Optional.of(Outcome.of(good)), Optional.empty(), good);
        assertThat(posted).hasSize(2);
    }
}
