package dev.tandem.app.run;

import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import dev.tandem.store.LedgerReader.MicroBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** When a pipeline that was just started can be compared for the first time: a person who starts it wants to see that it works. */
record FirstClose(Pipeline pipeline, Clock clock) {
    /** A window may be a day long. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Asks the ledger. */
    interface Ledger {
        List<MicroBatch> microBatches();
    }

    /** Waits until a window has closed, or {@link #LONGEST} has passed and something was read, or until nobody needs it any more. */
    void await(Ledger ledger, BooleanSupplier needless) throws InterruptedException {
        var begun = clock.instant();
        while (!needless.getAsBoolean() && !due(ledger.microBatches(), begun)) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    boolean due(List<MicroBatch> committed, Instant begun) {
        boolean read = committed.stream().anyMatch(it -> it.fates().read() > 0);
        return hasClosed(committed) || (read && !clock.instant().isBefore(begun.plus(LONGEST)));
    }

    private boolean hasClosed(List<MicroBatch> committed) {
        if (committed.isEmpty()) {
            return false;
        }
        long closed = committed.get(committed.size() - 1).watermarks().close();
        return firstEnd(committed).filter(end -> Instants.micros(end) <= closed).isPresent();
    }

    /** The end of a window that the first micro-batch has a record in; empty where windows have no end that is known beforehand. */
    private Optional<Instant> firstEnd(List<MicroBatch> committed) {
        return committed.stream()
                .map(MicroBatch::highestEvent)
                .filter(it -> it != Long.MIN_VALUE)
                .findFirst()
                .map(Instants::ofMicros)
                .flatMap(event -> pipeline.grouped().stream()
                        .map(View.Grouped::window)
                        .filter(window -> window.longestMicros() != Long.MAX_VALUE)
                        .flatMap(window -> window.spansOf(event).stream())
                        .map(span -> span.end())
                        .min(Instant::compareTo));
    }
}
