package dev.tandem.bench.flink;

/** A message that broke a rule. Its bytes are in the raw files, under the same coordinates. */
public record Refused(int partition, long position, String rule) {}
