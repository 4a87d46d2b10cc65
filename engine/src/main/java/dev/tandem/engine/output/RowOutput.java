package dev.tandem.engine.output;

import dev.tandem.fold.Changes;

/**
 * Where a stream's rows and records go beside the ledger's database. Called before the database commits, so after a crash the same
 * micro-batch may be written again; nothing is ever left out.
 */
public interface RowOutput extends AutoCloseable {
    /** Writes what the micro-batch gives to this output and returns when it is safe. */
    void write(Changes changes);

    @Override
    void close();
}
