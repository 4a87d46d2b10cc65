package dev.tandem.fold.recount;

import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.recount.PartLog.Piece;
import dev.tandem.model.Window.Span;

/** What a record contributes to one window of a view. */
record Placement(RetractableRecord part, Contribution contribution, Span window) {
    int view() {
        return contribution.view();
    }

    RowKey row() {
        return new RowKey(view(), window, contribution.key());
    }

    Piece piece() {
        return new Piece(row(), part.at(), part.eventMicros(), contribution.arguments());
    }
}
