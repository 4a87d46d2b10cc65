package dev.tandem.engine.stream;

/**
 * How a restart put a stream's state together again.
 *
 * @param savedAfter the micro-batch after which the state that was used had been saved; 0 where there was none that fits
 * @param records how many landed records were read again
 * @param rows how many rows of state there are: open groups and remembered keys
 * @param seconds how long it took
 */
public record RestoredState(long savedAfter, long records, long rows, double seconds) {}
