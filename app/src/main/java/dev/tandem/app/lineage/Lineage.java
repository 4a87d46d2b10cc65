package dev.tandem.app.lineage;

import dev.tandem.app.lineage.Dataset.Assertion;
import dev.tandem.app.lineage.LineageEvent.Job;
import dev.tandem.app.lineage.LineageEvent.Processing;
import dev.tandem.app.lineage.LineageEvent.Transition;
import dev.tandem.model.Mode;
import dev.tandem.model.Reason;
import dev.tandem.parity.Report;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Posts an event to an OpenLineage server when a run begins and when it ends. No run depends on the server: if the server does not accept
 * an event within a few seconds, a message says so and the run continues.
 */
public final class Lineage {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String FAILED = "failed: ";
    private static final int FIRST_OF_REFUSALS = 300;

    private final Optional<Endpoint> endpoint;
    private final Datasets datasets;
    private final Clock clock;
    private final Consumer<String> narrator;

    /**
     * @param endpoint empty to send no events
     * @param narrator reports an event that the server did not accept
     */
    public Lineage(Optional<Endpoint> endpoint, Datasets datasets, Clock clock, Consumer<String> narrator) {
        this.endpoint = endpoint;
        this.datasets = datasets;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** A run of {@code mode} has begun; its id ends in a UUID. */
    public void started(Mode mode, String run) {
        post(Transition.START, mode, run, Optional.empty());
    }

    /** It has ended, in the words of the book of runs. */
    public void ended(Mode mode, String run, String outcome) {
        var failure =
                outcome.startsWith(FAILED) ? Optional.of(outcome.substring(FAILED.length())) : Optional.<String>empty();
        post(failure.isPresent() ? Transition.FAIL : Transition.COMPLETE, mode, run, failure);
    }

    private void post(Transition type, Mode mode, String run, Optional<String> failure) {
        endpoint.ifPresent(to -> {
            boolean stream = mode == Mode.STREAM;
            var job = new Job(
                    to.namespace(),
                    "%s.%s".formatted(datasets.pipeline().name(), mode.word()),
                    stream ? Processing.STREAMING : Processing.BATCH);
            var outputs = new ArrayList<>(datasets.outputs(mode));
            if (stream) {
                outputs.add(datasets.landed());
            }
            var inputs = stream ? datasets.source() : List.of(datasets.landed());
            post(to, new LineageEvent(type, clock.instant(), uuid(run), job, inputs, outputs, failure));
        });
    }

    /** What a comparison has found, as a run of its own: each table of a view has passed if no row differs without an explanation. */
    public void compared(Report report) {
        endpoint.ifPresent(to -> {
            var job = new Job(to.namespace(), datasets.pipeline().name() + ".compare", Processing.BATCH);
            var run = UUID.randomUUID().toString();
            var inputs = datasets.compared().stream()
                    .map(it -> it.with(assertions(report, it.view())))
                    .toList();
            post(
                    to,
                    new LineageEvent(
                            Transition.START, clock.instant(), run, job, List.of(), List.of(), Optional.empty()));
            post(
                    to,
                    new LineageEvent(
                            Transition.COMPLETE, clock.instant(), run, job, inputs, List.of(), Optional.empty()));
        });
    }

    private static List<Assertion> assertions(Report report, String view) {
        var parity = new Assertion("every difference between stream and batch is explained", report.unexplained() == 0);
        return Optional.ofNullable(report.agreement().views().get(view))
                .map(it -> List.of(new Assertion("stream equals batch", it.differing() == 0), parity))
                .orElse(List.of(parity));
    }

    private static String uuid(String run) {
        return run.substring(run.indexOf('-') + 1);
    }

    private void post(Endpoint to, LineageEvent event) {
        var request = HttpRequest.newBuilder(to.url())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event.json(producer()).toString()));
        if (!to.key().isEmpty()) {
            request.header("Authorization", "Bearer " + to.key());
        }
        try {
            var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= FIRST_OF_REFUSALS) {
                refused(to, event, "it answers %d".formatted(answer.statusCode()));
            }
        } catch (IOException e) {
            refused(to, event, Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refused(Endpoint to, LineageEvent event, String reason) {
        narrator.accept("lineage: %s did not take the event %s of %s: %s; the run goes on"
                .formatted(to, event.type(), event.job().name(), reason));
    }

    private static String producer() {
        var version = Optional.ofNullable(Lineage.class.getPackage().getImplementationVersion());
        return "urn:tandem:" + version.orElse("development");
    }
}
