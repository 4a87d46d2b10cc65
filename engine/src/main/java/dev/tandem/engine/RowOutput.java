package dev.tandem.engine;

import dev.tandem.fold.ResultRow;
import java.util.List;

/**
 * Where a stream's result rows go beside the database. Called before the database commits, so after a crash a row may be written
 * again, with the same identity; it is never left out.
 */
public interface RowOutput extends AutoCloseable {
    /** Writes the rows and returns when they are safe. */
    void write(List<ResultRow> rows, long microBatch);

    @Override
    void close();
}
