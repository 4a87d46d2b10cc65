package dev.tandem.feed;

import java.util.OptionalLong;

/**
 * One batch of a feed that is settled.
 *
 * @param number from 1, or the number in the file's name
 * @param where the file, or the topic
 * @param sent rows of this batch that are there for certain
 * @param failed rows of this batch that are refused or unknown
 * @param all rows of the feed that are settled, this batch included
 * @param size how many there will be; empty where nobody can say
 */
public record BatchProgress(long number, String where, long sent, long failed, long all, OptionalLong size) {

    /** One line for a person, such as {@code [Batch 0001] Sent: 100 / Failed: 0}. */
    public String told() {
        return "[Batch %04d] Sent: %d / Failed: %d".formatted(number, sent, failed);
    }
}
