package dev.tandem.engine.landed;

import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Closes what it reads when it has read it all. */
final class SliceReader implements Iterator<Landed> {
    private final LandedLog.ClosingIterator<Landed> source;
    private boolean closed;

    SliceReader(LandedLog.ClosingIterator<Landed> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        boolean more = !closed && source.hasNext();
        if (!more && !closed) {
            closed = true;
            source.close();
        }
        return more;
    }

    @Override
    public Landed next() {
        if (closed) {
            throw new NoSuchElementException();
        }
        return source.next();
    }
}
