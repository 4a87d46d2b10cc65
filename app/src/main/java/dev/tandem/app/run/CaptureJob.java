package dev.tandem.app.run;

import dev.tandem.feed.capture.CaptureReport;
import dev.tandem.feed.capture.CaptureSettings;
import dev.tandem.feed.capture.Captured;
import dev.tandem.feed.capture.CoinbaseCapture;
import dev.tandem.feed.capture.KafkaCaptured;
import dev.tandem.model.Capture;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps the public feed that a pipeline names, message by message, in the topic of its source. */
public final class CaptureJob {
    private final Hosting hosting;
    private final Pipeline pipeline;
    private final Clock clock;
    private final Narrator narrator;

    public CaptureJob(Hosting hosting, Pipeline pipeline, Clock clock, Narrator narrator) {
        this.hosting = hosting;
        this.pipeline = pipeline;
        this.clock = clock;
        this.narrator = narrator;
    }

    /**
     * What a capture is told beside the definition.
     *
     * @param url another address than the definition's
     * @param time how long; empty until the thread is interrupted
     */
    public record Request(Optional<URI> url, Optional<Duration> time) {}

    /** Why a capture ended. */
    public enum End {
        TIME_IS_UP,
        INTERRUPTED
    }

    /** What a capture has seen by its end. */
    public record Done(CaptureReport report, End end) {}

    /** The feed that a pipeline names. */
    public static Optional<Capture> of(Pipeline pipeline) {
        return pipeline.source().fold(Source.Kafka::capture, files -> Optional.empty(), rows -> Optional.empty());
    }

    /** Captures until the time is up or the thread is interrupted; all that was captured is safe in the topic then. */
    public Done run(Request wish) {
        var source = source();
        try (var services = Services.running(hosting, pipeline)) {
            new Feeding(pipeline, new Wiring(hosting.workspace(), services, clock, narrator)).ensure();
            try (var topic = new KafkaCaptured(services.kafka(), source.fed())) {
                var settings = settings(source.capture().orElseThrow(), wish);
                return run(new CoinbaseCapture(settings, new Counted(topic, narrator), narrator::tell), wish.time());
            }
        }
    }

    private Source.Kafka source() {
        return pipeline.source()
                .asKafka()
                .filter(it -> it.capture().isPresent())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot capture for '%s': it names no feed".formatted(pipeline.name())));
    }

    private CaptureSettings settings(Capture capture, Request wish) {
        var usual = CaptureSettings.coinbase(Set.copyOf(capture.products()));
        return new CaptureSettings(
                wish.url().orElse(capture.url()),
                usual.products(),
                capture.required().isEmpty() ? usual.required() : capture.required(),
                usual.silence(),
                usual.backoff(),
                clock);
    }

    /** On a thread of its own, because an interrupted one can neither flush nor close a producer. */
    private static Done run(CoinbaseCapture capture, Optional<Duration> time) {
        var report = new CompletableFuture<CaptureReport>();
        var thread = new Thread(
                () -> {
                    try {
                        report.complete(capture.run());
                    } catch (RuntimeException e) {
                        report.completeExceptionally(e);
                    }
                },
                "tandem-capture");
        thread.start();
        var end = End.TIME_IS_UP;
        try {
            var unused = time.isEmpty() ? report.get() : report.get(time.get().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            end = End.INTERRUPTED;
        } catch (TimeoutException | ExecutionException e) {
            end = End.TIME_IS_UP;
        }
        capture.stop();
        return new Done(joined(report), end);
    }

    private static CaptureReport joined(CompletableFuture<CaptureReport> report) {
        try {
            return report.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : e;
        }
    }

    /** Shows how many messages were kept so far. */
    private static final class Counted implements Captured {
        private final Captured captured;
        private final Narrator narrator;
        private long kept;

        Counted(Captured captured, Narrator narrator) {
            this.captured = captured;
            this.narrator = narrator;
        }

        @Override
        public void take(String product, long tradeId, String message) {
            captured.take(product, tradeId, message);
            narrator.progress("capturing", ++kept, OptionalLong.empty());
        }

        @Override
        public void flush() {
            captured.flush();
        }
    }
}
