package dev.tandem.feed;

import java.util.Optional;

/**
 * What is known about the way of one record into the log. Unknown is a word of its own: such a record may be there or not, and whoever
 * checks a log against the truth must demand the acknowledged ones and merely allow the unknown ones.
 */
public sealed interface Delivery {

    String status();

    /** Where it stands in the log, if that is known. */
    default Optional<Acked> position() {
        return Optional.empty();
    }

    /** Handed over to something that acknowledges nothing, such as a file. */
    record Sent() implements Delivery {
        @Override
        public String status() {
            return "sent";
        }
    }

    /** In the log for certain. */
    record Acked(String topic, int partition, long offset) implements Delivery {
        @Override
        public String status() {
            return "acked";
        }

        @Override
        public Optional<Acked> position() {
            return Optional.of(this);
        }
    }

    /**
     * In a finished file for certain.
     *
     * @param line where its row begins, from 1; a header is the first line
     */
    record InFile(String file, long line) implements Delivery {
        @Override
        public String status() {
            return "acked";
        }
    }

    /** Sent, but no answer came: it may be in the log. */
    record Unknown() implements Delivery {
        @Override
        public String status() {
            return "unknown";
        }
    }

    /** Not in the log for certain, such as a record larger than the log takes. */
    record Refused() implements Delivery {
        @Override
        public String status() {
            return "refused";
        }
    }
}
