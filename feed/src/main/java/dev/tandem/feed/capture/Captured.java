package dev.tandem.feed.capture;

/** Where captured messages go. One thread calls; a failure ends the capture, as a message that nobody took would be a silent gap. */
public interface Captured {

    /** Takes the text of one ticker message as it came. */
    void take(String product, long tradeId, String message);

    /** Waits until everything taken is safe. */
    default void flush() {}
}
