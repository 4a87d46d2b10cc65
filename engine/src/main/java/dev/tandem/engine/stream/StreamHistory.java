package dev.tandem.engine.stream;

import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.Shape;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import java.util.List;

/** What a restarted stream reads back to put its state together again. */
public interface StreamHistory {
    /**
     * The kept records that were landed after micro-batch {@code number}, by micro-batch, partition and position. Those whose event
     * time is before {@code fromEventMicros} may be left out.
     */
    ClosingIterator<Landed> keptSince(long number, long fromEventMicros);

    /** The rows of a view whose windows are open, as last written. */
    List<WrittenRow> openRows(Shape shape);
}
