package dev.tandem.app.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Plans.Alert;
import dev.tandem.model.Reason;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts a comparison to the address that the definition names. It never fails a run and never delays it for long: if the post cannot be
 * delivered after its retries, a message says so.
 */
final class Alerts {
    /** The header with the signature. */
    static final String SIGNATURE = "Tandem-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(5);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How a message is delivered.
     *
     * @param secret with what it is signed; empty: it is not
     * @param pauses before each attempt but the first
     */
    record Delivery(Optional<String> secret, List<Duration> pauses) {
        static Delivery usual(Optional<String> secret) {
            return new Delivery(secret, List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
        }
    }

    private final Alert alert;
    private final Delivery delivery;
    private final Narrator narrator;

    Alerts(Alert alert, Delivery delivery, Narrator narrator) {
        this.alert = alert;
        this.delivery = delivery;
        this.narrator = narrator;
    }

    /** Posts {@code report} in a thread of its own if somebody wants to be told of it; {@code before} is the outcome before. */
    Optional<Thread> send(Report report, Optional<Outcome> before) {
        var now = Outcome.of(report);
        boolean wanted = switch (alert.when()) {
            case FAILED -> now.failed();
            case CHANGED -> !before.equals(Optional.of(now));
            case ALWAYS -> true;
        };
        if (!wanted) {
            return Optional.empty();
        }
        var body = body(report);
        var sending = new Thread(() -> deliver(body), "tandem-alert");
        sending.setDaemon(true);
        sending.start();
        return Optional.of(sending);
    }

    /** What a comparison came to: a change of it is worth a message. */
    record Outcome(String verdict, boolean failed) {
        static Outcome of(Report report) {
            boolean missed = report.targets().stream().anyMatch(Report.Target::missed);
            boolean disagrees = report.verdict() == Verdict.DISAGREE;
            return new Outcome(report.verdict().word(), disagrees || missed);
        }
    }

    private static byte[] body(Report report) {
        var body = JSON.createObjectNode()
                .put("schema_version", 1)
                .put("pipeline", report.subject().pipeline())
                .put("at", report.provenance().generatedAt().toString())
                .put("verdict", report.verdict().word())
                .put("failed", Outcome.of(report).failed())
                .put("sentence", report.agreement().sentence())
                .put("compared_rows", report.agreement().accuracy().comparedRows())
                .put("agreeing_rows", report.agreement().accuracy().agreeingRows())
                .put("unexplained", report.unexplained());
        var causes = body.putObject("causes");
        report.causes().forEach((cause, count) -> causes.put(cause.code(), count.records()));
        var missed = body.putArray("missed_targets");
        report.targets().stream()
                .filter(Report.Target::missed)
                .forEach(it -> missed.addObject()
                        .put("name", it.name())
                        .put("asked", it.asked())
                        .put("reached", it.reached()));
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void deliver(byte[] body) {
        var client = HttpClient.newBuilder().connectTimeout(ONE_ATTEMPT).build();
        var failure = attempt(client, body);
        for (var pause : delivery.pauses()) {
            if (failure.isEmpty() || !failure.get().passes()) {
                break;
            }
            wait(pause);
            failure = attempt(client, body);
        }
        narrator.tell(failure.map(it -> "the alert could not be delivered to %s: %s".formatted(host(), it.reason()))
                .orElse("alert delivered to " + host()));
    }

    /** Why an attempt failed; {@code passes} if another one may succeed. */
    private record Failure(String reason, boolean passes) {}

    private Optional<Failure> attempt(HttpClient client, byte[] body) {
        var request = HttpRequest.newBuilder(alert.webhook())
                .timeout(ONE_ATTEMPT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        delivery.secret().ifPresent(secret -> request.header(SIGNATURE, "sha256=" + signature(secret, body)));
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2
                    ? Optional.empty()
                    : Optional.of(new Failure("it answers " + status, status >= 500 || status == TOO_MANY_REQUESTS));
        } catch (IOException e) {
            return Optional.of(new Failure(Reason.of(e), true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Failure("the run has ended", false));
        }
    }

    private static void wait(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without the path, which may hold a token. */
    private String host() {
        URI address = alert.webhook();
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    /** HMAC-SHA-256 of {@code body} in hexadecimal digits. */
    static String signature(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign with %s; every Java has it".formatted(ALGORITHM), e);
        }
    }
}
