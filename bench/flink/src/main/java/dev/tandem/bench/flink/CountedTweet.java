package dev.tandem.bench.flink;

/** What the totals need of a tweet, so that no more than that is sent to their task. */
public record CountedTweet(String user, int tags, int likes, int retweets) {}
