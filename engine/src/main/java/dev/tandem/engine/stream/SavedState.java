package dev.tandem.engine.stream;

import dev.tandem.engine.stage.Stages;
import dev.tandem.engine.stage.StateLostException;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Reason;
import dev.tandem.segments.StateFolder;
import dev.tandem.segments.StateFolder.Saved;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a stream's state from time to time and when it stops, so that a restart reads the landed log from there and not from the
 * beginning. The ledger decides what is true: a saved state of a micro-batch that it does not have is never used.
 */
final class SavedState {
    private static final Logger LOG = LoggerFactory.getLogger(SavedState.class);
    /** A later build that writes state in another way gives this another number. */
    private static final int FORMAT = 1;

    private static final long RECORDS_BETWEEN = 1_000_000;
    private static final Duration LEAST_BETWEEN = Duration.ofSeconds(20);
    private static final Duration MOST_BETWEEN = Duration.ofMinutes(5);

    private final StateFolder folder;
    private final StreamLedger ledger;
    private final String layout;
    private final Clock clock;
    private long records;
    private long savedMillis;

    /** {@code definition} is the hash of what runs; state of another one fits nothing. */
    SavedState(StateFolder folder, StreamLedger ledger, String definition, int parts, Clock clock) {
        this.folder = folder;
        this.ledger = ledger;
        this.layout = "%d %s %d".formatted(FORMAT, definition, parts);
        this.clock = clock;
        savedMillis = clock.millis();
    }

    /** Told of each commit with its records; saves where that is due. */
    void committed(Stages stages, long itsRecords) {
        records += itsRecords;
        long since = clock.millis() - savedMillis;
        boolean many = records >= RECORDS_BETWEEN && since >= LEAST_BETWEEN.toMillis();
        if (many || since >= MOST_BETWEEN.toMillis()) {
            save(stages);
        }
    }

    /** Saves the state if it has changed. State files are a cache, so a full disk does not stop the stream. */
    void save(Stages stages) {
        if (records == 0) {
            return;
        }
        long number = stages.progress().number();
        try {
            stages.save(folder, number);
            var rest = new BlockWriter();
            stages.progress().write(rest);
            var mark = ledger.mark(number).orElseThrow();
            folder.complete(new Saved(layout, number, mark), rest);
            folder.keepOnly(number);
        } catch (RuntimeException e) {
            LOG.warn("The state was not saved; a restart will read more of the landed log: {}", Reason.of(e));
        }
        records = 0;
        savedMillis = clock.millis();
    }

    /** Brings new {@code stages} to the latest saved state that fits; gives the number of its micro-batch. */
    Optional<Long> restore(Stages stages, StreamLedger.Resumption from) {
        for (var saved : folder.saved(it -> fits(it, from))) {
            try {
                stages.restore(folder, saved.number());
                stages.progress().read(new BlockReader(folder.rest(saved.number())));
                return Optional.of(saved.number());
            } catch (IOException | StateLostException e) {
                LOG.warn("The saved state of micro-batch {} is not used: {}", saved.number(), Reason.of(e));
                stages.reset();
            }
        }
        return Optional.empty();
    }

    private boolean fits(Saved saved, StreamLedger.Resumption from) {
        return saved.layout().equals(layout)
                && saved.number() <= from.lastNumber()
                && ledger.mark(saved.number()).equals(Optional.of(saved.mark()));
    }
}
