package dev.tandem.engine.recount;

import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import java.util.function.Consumer;

/** What both modes have stored of a view, read row by row in any order. */
public interface StoredRows {
    /** Gives each stored row of {@code view}. */
    void read(Shape view, Mode mode, Consumer<ResultRow> rows);
}
