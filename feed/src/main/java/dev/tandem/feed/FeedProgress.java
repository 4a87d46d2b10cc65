package dev.tandem.feed;

import java.util.OptionalLong;

/**
 * How far a feed is.
 *
 * @param perSecond records sent a second since the progress before
 * @param size how many there will be; empty where nobody can say
 */
public record FeedProgress(long sent, long acked, double perSecond, OptionalLong size) {}
