package dev.tandem.engine.source;

/** Where a stream goes on whose topic does not fit its ledger any more. */
public enum TopicStart {
    /** Nowhere: it is refused, and an operator decides. */
    REFUSED,
    /** At the earliest record that the topic has; what is missing is noted. */
    EARLIEST,
    /** At the same position: the topic is another one, but a copy of the earlier one. */
    SAME_POSITION
}
