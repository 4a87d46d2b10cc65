package dev.tandem.feed;

import java.time.Instant;

/** One event of a model, ready to be written whole or with one thing wrong. A model that can do this can take every fault. */
public interface Event {

    String id();

    /** When it happened. */
    Instant time();

    /** What the model itself did to this event, such as an event that its script makes late. */
    default Fault fault() {
        return Fault.NONE;
    }

    /** The message as it should be. */
    byte[] message();

    /** The message with nothing in the place of its id. */
    byte[] messageWithoutId();

    /** The message saying that it happened at another time. */
    byte[] messageDated(Instant time);

    /** The message with a value of a wrong type in one of its fields. */
    byte[] messageMistyped();

    /** The message of a copy that follows later. */
    default byte[] messageAgain() {
        return message();
    }

    /** The message with one of the faults in content that are this model's own. */
    default byte[] messageWith(Fault fault) {
        throw new IllegalArgumentException("Cannot inject %s into event %s: its model has no such fault; leave it out"
                .formatted(fault.code(), id()));
    }
}
