package dev.tandem.bench.flink;

/** A row of the view {@code window_totals}: one window. Times are milliseconds since 1970. */
public record TotalsRow(
        long start, long end, long tweets, long users, long tagged, long mentions, Mean likes, Mean retweets) {}
