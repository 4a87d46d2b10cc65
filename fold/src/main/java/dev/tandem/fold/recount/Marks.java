package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.recount.Recount.Deviation;

/** Notes records that may be found in several places and are to be counted once. {@link MarkedRecords} counts them. */
final class Marks {
    /** The code of a record that waits for a window; those of deviations are from 0. */
    static final int WAITING = 127;

    private final RowParts parts;
    private final PartWriter writer;

    Marks(PartWriter writer) {
        this.parts = new RowParts(writer.parts());
        this.writer = writer;
    }

    void deviating(Deviation kind, Coordinates at) {
        mark(Deviations.code(kind), at);
    }

    /** A record of the batch in a window that has not closed. */
    void waiting(Coordinates at) {
        mark(WAITING, at);
    }

    void flush() {
        writer.flush();
    }

    private void mark(int code, Coordinates at) {
        var out = writer.next(parts.of(at));
        out.writeByte(code);
        at.write(out);
    }
}
