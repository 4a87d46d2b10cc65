package dev.tandem.bench.flink;

/** A row of the view {@code top_hashtags}: the tag that has this rank in its window. */
public record TopRow(int rank, StatsRow row) {}
