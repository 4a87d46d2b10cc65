package dev.tandem.bench.flink;

/** One of a tweet's different tags, and how often the tweet has it. */
public record TaggedTweet(String tag, int times, int likes, int retweets) {}
