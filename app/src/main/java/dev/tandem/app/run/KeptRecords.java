package dev.tandem.app.run;

import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Segments do not know event times, so that a restart is given older records too, which change nothing. */
final class KeptRecords implements ClosingIterator<Landed> {
    private final ClosingIterator<Landed> all;
    private Optional<Landed> next = Optional.empty();

    KeptRecords(ClosingIterator<Landed> all) {
        this.all = all;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && all.hasNext()) {
            next = Optional.of(all.next()).filter(it -> it.as() == Landed.As.KEPT);
        }
        return next.isPresent();
    }

    @Override
    public Landed next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the landed log is read");
        }
        var given = next.orElseThrow();
        next = Optional.empty();
        return given;
    }

    @Override
    public void close() {
        all.close();
    }
}
