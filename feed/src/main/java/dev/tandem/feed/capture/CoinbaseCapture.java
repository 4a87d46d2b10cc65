package dev.tandem.feed.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Captures the ticker channel of Coinbase: every new trade message of the wanted products goes to the sink once, as it came. A connection
 * that closes, breaks or falls silent is made again; what was missed meanwhile stands in the report, as the channel repeats nothing.
 *
 * <p>{@link #run()} works on the calling thread until {@link #stop()} is called from another one or the thread is interrupted.
 */
public final class CoinbaseCapture {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration SUBSCRIBING =
            Duration.ofSeconds(5); // the server closes a connection that waits longer
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final long NAP = 100_000_000; // ns

    private final CaptureSettings settings;
    private final Captured captured;
    private final Consumer<String> news;
    private final TickerSieve sieve;
    private final HttpClient client;
    private final SplittableRandom random = new SplittableRandom();
    private final List<CaptureReport.Interruption> interruptions = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** The last part is told, in one line each, of connections, interruptions and error frames. */
    public CoinbaseCapture(CaptureSettings settings, Captured captured, Consumer<String> news) {
        this.settings = settings;
        this.captured = captured;
        this.news = news;
        this.sieve = new TickerSieve(settings, captured);
        this.client = HttpClient.newBuilder().connectTimeout(CONNECTING).build();
    }

    /** Captures until stopped. Fails where the sink fails; never because of the network. */
    public CaptureReport run() {
        var failures = 0;
        try {
            while (isWanted()) {
                var lost = connection();
                failures = lost.heard() ? 1 : failures + 1;
                if (isWanted()) {
                    interrupted(lost, failures);
                }
            }
        } finally {
            flush();
        }
        return report();
    }

    /** Ends {@link #run()} soon, from any thread. */
    public void stop() {
        stopped.countDown();
    }

    /** What was seen so far, from any thread. */
    public CaptureReport report() {
        synchronized (interruptions) {
            return sieve.report(interruptions);
        }
    }

    /** How a connection ended, and whether anything had come over it. */
    private record Lost(String why, boolean heard) {}

    private boolean isWanted() {
        return stopped.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    /** Messages that were handed over are kept safe also on an interrupted thread. */
    private void flush() {
        var interrupted = Thread.interrupted();
        try {
            captured.flush();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Lost connection() {
        var frames = new Frames();
        try {
            var socket = client.newWebSocketBuilder()
                    .connectTimeout(CONNECTING)
                    .buildAsync(settings.url(), frames)
                    .get(CONNECTING.toMillis(), TimeUnit.MILLISECONDS);
            try {
                socket.sendText(subscription(), true).get(SUBSCRIBING.toMillis(), TimeUnit.MILLISECONDS);
                connected();
                var lost = listen(socket, frames);
                farewell(socket);
                return lost;
            } finally {
                socket.abort();
            }
        } catch (ExecutionException | CompletionException e) {
            return new Lost("cannot connect (%s)".formatted(e.getCause()), false);
        } catch (TimeoutException e) {
            return new Lost("cannot connect in time", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Lost("stopped", false);
        }
    }

    /** A server that is told goes on with others; one that is gone is not waited for. */
    private void farewell(WebSocket socket) throws InterruptedException {
        try {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException gone) {
            socket.abort();
        }
    }

    private Lost listen(WebSocket socket, Frames frames) throws InterruptedException {
        var heard = false;
        var lastFrame = System.nanoTime();
        while (isWanted()) {
            var left = settings.silence().toNanos() - (System.nanoTime() - lastFrame);
            if (left <= 0) {
                return new Lost("silent for %s".formatted(settings.silence()), heard);
            }
            var frame = frames.whole().poll(Math.min(left, NAP), TimeUnit.NANOSECONDS);
            if (frame == null) {
                continue;
            }
            var text = frame.text();
            if (text == null) {
                return new Lost(frame.end(), heard);
            }
            heard = true;
            sieve.take(text).ifPresent(error -> news.accept("The server tells an error: " + error));
            socket.request(1);
            lastFrame = System.nanoTime();
        }
        return new Lost("stopped", heard);
    }

    private String subscription() {
        var products = new TreeSet<>(settings.products());
        try {
            return new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "type",
                            "subscribe",
                            "channels",
                            List.of(
                                    Map.of("name", "ticker", "product_ids", products),
                                    Map.of("name", "heartbeat", "product_ids", products))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void connected() {
        news.accept("Connected to %s for %s".formatted(settings.url(), new TreeSet<>(settings.products())));
        synchronized (interruptions) {
            if (!interruptions.isEmpty()) {
                var last = interruptions.remove(interruptions.size() - 1);
                interruptions.add(new CaptureReport.Interruption(
                        last.lost(),
                        last.why(),
                        last.failures(),
                        Optional.of(settings.clock().instant())));
            }
        }
    }

    private void interrupted(Lost lost, int failures) {
        remember(lost, settings.clock().instant());
        var wait = settings.backoff().after(failures, random.nextDouble());
        news.accept("Connection to %s lost: %s; next attempt in %d ms"
                .formatted(settings.url(), lost.why(), wait.toMillis()));
        try {
            var unused = stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failed attempt belongs to the interruption that is still going on. */
    private void remember(Lost lost, Instant now) {
        synchronized (interruptions) {
            var last = interruptions.isEmpty() ? null : interruptions.get(interruptions.size() - 1);
            if (last == null || last.back().isPresent()) {
                interruptions.add(
                        new CaptureReport.Interruption(now, lost.why(), lost.heard() ? 0 : 1, Optional.empty()));
            } else {
                interruptions.set(
                        interruptions.size() - 1,
                        new CaptureReport.Interruption(last.lost(), last.why(), last.failures() + 1, Optional.empty()));
            }
        }
    }
}
