package dev.tandem.app.run;

import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import dev.tandem.store.LedgerReader.MicroBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** When a pipeline that was just started can be compared for the first time: a person who starts it wants to see that it works. */
record FirstClose(Pipeline pipeline, Clock clock) {
    /** A window may be a day long. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Asks the ledger. */
    interface Ledger {
        /** The micro-batches from this number on, in their order. */
        List<MicroBatch> from(long number);
    }

    /** Waits until a window has closed, or {@link #LONGEST} has passed and something was read, or until nobody needs it any more. */
    void await(Ledger ledger, BooleanSupplier needless) throws InterruptedException {
        var begun = clock.instant();
        var known = decisive(ledger.from(0));
        while (!needless.getAsBoolean() && !due(known, begun)) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            var more = new ArrayList<>(known);
            more.addAll(ledger.from(
                    known.isEmpty() ? 0 : known.get(known.size() - 1).number() + 1));
            known = decisive(more);
        }
    }

    /** Those that {@link #due} asks for, three at most: a stream may have committed a million. */
    private static List<MicroBatch> decisive(List<MicroBatch> committed) {
        var first = committed.stream().filter(FirstClose::hasRead).findFirst();
        var event = committed.stream().filter(FirstClose::hasEvent).findFirst();
        var last = committed.stream().skip(Math.max(0, committed.size() - 1)).findFirst();
        return Stream.of(first, event, last)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static boolean hasRead(MicroBatch microBatch) {
        return microBatch.fates().read() > 0;
    }

    private static boolean hasEvent(MicroBatch microBatch) {
        return microBatch.highestEvent() != Long.MIN_VALUE;
    }

    boolean due(List<MicroBatch> committed, Instant begun) {
        boolean read = committed.stream().anyMatch(FirstClose::hasRead);
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
                .filter(FirstClose::hasEvent)
                .findFirst()
                .map(it -> Instants.ofMicros(it.highestEvent()))
                .flatMap(event -> pipeline.grouped().stream()
                        .map(View.Grouped::window)
                        .filter(window -> window.longestMicros() != Long.MAX_VALUE)
                        .flatMap(window -> window.spansOf(event).stream())
                        .map(span -> span.end())
                        .min(Instant::compareTo));
    }
}
