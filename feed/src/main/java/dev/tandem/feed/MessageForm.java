package dev.tandem.feed;

/** How a generated event is written: the same events either way. */
public enum MessageForm {
    /** One JSON object each. */
    JSON,
    /** One row each, under the columns that the feed names; nothing is an empty cell. */
    CSV
}
