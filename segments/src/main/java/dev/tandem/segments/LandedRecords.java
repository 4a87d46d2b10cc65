package dev.tandem.segments;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.fold.Prepared.Rejection;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The records of some segments, one file open at a time, with what the files of fates say of them. */
final class LandedRecords implements ClosingIterator<Landed> {
    /** What is read of one micro-batch. */
    record MicroBatch(long number, List<NamedFile> segments, List<NamedFile> fates) {}

    private final OpenPlace place;
    private final Slice slice;
    private final Deque<MicroBatch> microBatches;
    private final Deque<NamedFile> segments = new ArrayDeque<>();
    private long number;
    private Duplicates duplicates = Duplicates.NONE;
    private @Nullable SegmentReader open;
    private @Nullable Landed next;

    /** Of merged segments, only the records of the slice's micro-batches. */
    LandedRecords(OpenPlace place, Slice slice, List<MicroBatch> microBatches) {
        this.place = place;
        this.slice = slice;
        this.microBatches = new ArrayDeque<>(microBatches);
        advance();
    }

    private void advance() {
        next = null;
        try {
            while (next == null) {
                if (open != null && open.next() && number(open) <= slice.last()) {
                    next = number(open) >= slice.first() ? landed(open) : null;
                } else if (!openNext()) {
                    return;
                }
            }
        } catch (SegmentException e) {
            close();
            throw e;
        }
    }

    private boolean openNext() {
        close();
        while (segments.isEmpty() && !microBatches.isEmpty()) {
            var microBatch = microBatches.removeFirst();
            number = microBatch.number();
            segments.addAll(microBatch.segments());
            duplicates = microBatch.segments().isEmpty() ? Duplicates.NONE : Duplicates.of(place, microBatch.fates());
        }
        if (segments.isEmpty()) {
            return false;
        }
        open = new SegmentReader(place, segments.removeFirst());
        return true;
    }

    private long number(SegmentReader record) {
        return record.isMerged() ? record.microBatch() : number;
    }

    private Landed landed(SegmentReader record) {
        var at = new Coordinates(record.partition(), record.position());
        var raw = Arrays.copyOfRange(record.raw(), record.rawOffset(), record.rawOffset() + record.rawLength());
        var as = as(record);
        var rejection = as == Landed.As.QUARANTINED ? rejection(record) : Rejection.NONE;
        return new Landed(at, record.arrivedMillis(), new Raw(raw), number(record), as, rejection);
    }

    private static Rejection rejection(SegmentReader record) {
        return new Rejection(record.rule().orElse(""), record.detail().orElse(""));
    }

    private Landed.As as(SegmentReader record) {
        if (record.fate() == SegmentWriter.QUARANTINED) {
            return Landed.As.QUARANTINED;
        }
        return duplicates.contains(record.partition(), record.position()) ? Landed.As.DUPLICATE : Landed.As.KEPT;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Landed next() {
        var given = next;
        if (given == null) {
            throw new NoSuchElementException("the slice of the log is read");
        }
        advance();
        return given;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
