package dev.tandem.store;

import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Several scans, each in order, as one in order. */
final class MergedScans implements ClosingIterator<Landed> {
    private static final Comparator<Landed> ORDER =
            Comparator.comparingLong(Landed::microBatch).thenComparing(Landed::at);

    private final List<Scan<Landed>> scans;

    MergedScans(List<Scan<Landed>> scans) {
        this.scans = List.copyOf(scans);
    }

    private @Nullable Scan<Landed> first() {
        Scan<Landed> first = null;
        Landed least = null;
        for (var scan : scans) {
            var candidate = scan.peek();
            if (candidate != null && (least == null || ORDER.compare(candidate, least) < 0)) {
                first = scan;
                least = candidate;
            }
        }
        return first;
    }

    @Override
    public boolean hasNext() {
        return first() != null;
    }

    @Override
    public Landed next() {
        var first = first();
        if (first == null) {
            throw new NoSuchElementException("the slice of the log is read");
        }
        return first.next();
    }

    @Override
    public void close() {
        scans.forEach(Scan::close);
    }
}
