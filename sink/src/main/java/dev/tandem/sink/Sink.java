package dev.tandem.sink;

import java.util.Iterator;

/**
 * Where one output goes beside the ledger's database. A micro-batch is written before the ledger commits it, so after a crash the
 * same number is written again, with the same rows or, where the crash came before anything was committed, with more of them:
 * what that number wrote before is replaced, so that nothing is missing or doubled. A sink that cannot replace (a topic, a
 * console) marks each row so that a reader can deduplicate.
 */
public interface Sink extends AutoCloseable {
    /**
     * Writes what micro-batch (or batch run) {@code number} gives and returns when it is safe.
     *
     * @throws SinkException if it cannot be written; nothing of this number then shows as complete
     */
    void write(long number, Iterator<Tuple> tuples);

    /** Ends what is held back, such as a snapshot that was not due yet. */
    @Override
    void close();
}
