package dev.tandem.feed;

import java.time.Instant;

/** One event of a model, ready to be written whole or with one thing wrong. A model that can do this can take every fault. */
public interface Event {

    String id();

    /** When it happened. */
    Instant time();

    /** The message as it should be. */
    byte[] message();

    /** The message with nothing in the place of its id. */
    byte[] messageWithoutId();

    /** The message saying that it happened at another time. */
    byte[] messageDated(Instant time);

    /** The message with a value of a wrong type in one of its fields. */
    byte[] messageMistyped();
}
