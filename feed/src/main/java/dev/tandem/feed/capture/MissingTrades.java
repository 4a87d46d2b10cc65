package dev.tandem.feed.capture;

/** Trades that happened and were not captured, both ids included. */
public record MissingTrades(long from, long to) {

    public long count() {
        return to - from + 1;
    }
}
