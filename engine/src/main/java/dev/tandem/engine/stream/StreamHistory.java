package dev.tandem.engine.stream;

import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.Shape;
import dev.tandem.model.Window.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a restarted stream reads back to put its state together again. */
public interface StreamHistory {
    /** A row whose window is open, as last written. */
    record OpenRow(Span window, List<@Nullable Object> key, int revision) {}

    /**
     * The kept records that were landed after micro-batch {@code number}, by micro-batch, partition and position. Those whose event
     * time is before {@code fromEventMicros} may be left out.
     */
    ClosingIterator<Landed> keptSince(long number, long fromEventMicros);

    List<OpenRow> openRows(Shape shape);
}
