package dev.tandem.bench.flink;

import java.util.List;

/**
 * What the views need of a message.
 *
 * @param tags lower case, without blanks around them, in the order of the message
 * @param likes {@link #UNKNOWN} where the message has none
 * @param retweets likewise
 */
public record Tweet(String id, String user, List<String> tags, int likes, int retweets, long createdMillis) {
    /** No valid tweet has fewer than 0. */
    static final int UNKNOWN = -1;
}
