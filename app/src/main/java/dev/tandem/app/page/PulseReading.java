package dev.tandem.app.page;

import dev.tandem.app.run.RunNote;
import dev.tandem.app.run.StateNote;
import dev.tandem.model.Instants;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.page.data.Activity;
import dev.tandem.page.data.MicroBatch;
import dev.tandem.page.data.Pulse;
import dev.tandem.page.data.Scheduler;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.TableReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a pipeline is doing, worked out from what was read of it; nothing here reads anything. */
record PulseReading(
        Pipeline pipeline,
        LedgerTail.Standing ledger,
        RunBook runs,
        TableReader.Open open,
        Optional<Long> lag,
        List<StateNote.Part> state,
        List<RunNote.Status> running,
        Instant now) {
    /** Over how many micro-batches latency is told: a minute or two of a fast stream. */
    private static final int RECENT = 120;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String EARLIEST =
            "arrival → commit, of the earliest record of each of the last %d micro-batches";
    private static final String WAITED =
            "arrival → commit, of every record of the last run, whose input lay waiting: their wait is in it";
    private static final String RUN = "arrival → commit, of every record of the last run";

    Pulse pulse(String revision) {
        var newest = ledger.newest();
        var watermark = newest.flatMap(it -> instant(it.watermarks().close()));
        return new Pulse(
                pipeline.name(),
                now,
                revision,
                activity(),
                latency(),
                lag,
                recordsPerSecond(),
                fates(),
                open.windows(),
                open.rows(),
                watermark,
                newest.flatMap(it -> instant(it.highestEvent())),
                watermark.flatMap(this::nextClose),
                newest.map(LedgerReader.MicroBatch::committedAt),
                runs.cost(Mode.STREAM),
                runs.cost(Mode.BATCH),
                activity() == Activity.RUNNING ? parts() : List.of(),
                start());
    }

    private Optional<Pulse.Start> start() {
        return running.stream()
                .filter(it -> it.verb() == RunNote.Verb.START)
                .findFirst()
                .map(it -> new Pulse.Start(it.doing(), it.next()));
    }

    /** Who runs the batch at its times. */
    Scheduler scheduler() {
        if (pipeline.batch().schedule().isEmpty()) {
            return Scheduler.NONE_PLANNED;
        }
        return running.stream()
                .findFirst()
                .map(it -> it.verb() == RunNote.Verb.START ? Scheduler.START : Scheduler.SCHEDULE)
                .orElse(Scheduler.NOBODY);
    }

    private List<Pulse.StatePart> parts() {
        return state.stream()
                .map(it -> new Pulse.StatePart(it.kind(), it.part(), it.rows(), it.bytes(), it.place()))
                .toList();
    }

    Activity activity() {
        return Liveness.of(
                runs.latestStream(), ledger.writer(), ledger.newest().map(LedgerReader.MicroBatch::committedAt), now);
    }

    private Map<String, Long> fates() {
        return ledger.totals()
                .byWord(ledger.newest().map(LedgerReader.MicroBatch::waiting).orElse(0L));
    }

    /** Of a run that has ended what it measured itself; of one that runs, or was killed, what its ledger says. */
    Pulse.Latency latency() {
        var target = pipeline.targets().latencyP95().map(it -> (double) it.toMillis());
        var measured = runs.latency();
        if (measured.isPresent()) {
            var it = measured.get();
            boolean waited = it.path("backlog").asBoolean();
            return new Pulse.Latency(
                    Optional.of(it.path("p50").asDouble()),
                    Optional.of(it.path("p95").asDouble()),
                    Optional.of(it.path("p99").asDouble()),
                    waited ? Optional.empty() : target,
                    waited ? WAITED : RUN);
        }
        var millis = ledger.last().stream()
                .skip(Math.max(0, ledger.last().size() - RECENT))
                .flatMap(it -> millis(it).stream())
                .sorted()
                .toList();
        return new Pulse.Latency(
                percentile(millis, 50),
                percentile(millis, 95),
                percentile(millis, 99),
                target,
                EARLIEST.formatted(millis.size()));
    }

    private static Optional<Double> millis(LedgerReader.MicroBatch it) {
        return it.firstArrival()
                .map(arrival -> Duration.between(arrival, it.committedAt()).toNanos() / 1e6);
    }

    /** Nearest rank. */
    static Optional<Double> percentile(List<Double> sorted, int percent) {
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    /** Over the last minute; 0 once nothing has been committed for that long. */
    private double recordsPerSecond() {
        var since = now.minus(MINUTE);
        var recent = ledger.last().stream()
                .filter(it -> it.committedAt().isAfter(since))
                .toList();
        if (recent.isEmpty()) {
            return 0;
        }
        long records = recent.stream().mapToLong(it -> it.fates().read()).sum();
        double seconds = Duration.between(recent.get(0).readAt(), now).toMillis() / 1_000.0;
        return records / Math.max(1, Math.min(seconds, (double) MINUTE.toSeconds()));
    }

    /** When the first of the windows that are open ends; empty where none ever does, or each has an end of its own. */
    private Optional<Instant> nextClose(Instant watermark) {
        return pipeline.grouped().stream()
                .map(View.Grouped::window)
                .filter(window -> window.longestMicros() != Long.MAX_VALUE)
                .flatMap(window -> window.spansOf(watermark).stream())
                .map(Span::end)
                .filter(end -> end.isAfter(watermark))
                .min(Instant::compareTo);
    }

    /** A micro-batch in the words of the page. */
    static MicroBatch told(LedgerReader.MicroBatch it) {
        return new MicroBatch(
                it.number(),
                it.runId(),
                it.fates().read(),
                it.fates().byWord(0),
                instant(it.watermarks().close()),
                it.readAt(),
                it.committedAt(),
                millis(it));
    }

    private static Optional<Instant> instant(long micros) {
        return micros == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instants.ofMicros(micros));
    }
}
