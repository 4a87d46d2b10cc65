package dev.tandem.bench.flink;

/** A row of the view {@code window_stats}: one tag in one window. Times are milliseconds since 1970. */
public record StatsRow(long start, long end, String tag, long tweets, long mentions, Mean likes, Mean retweets) {}
