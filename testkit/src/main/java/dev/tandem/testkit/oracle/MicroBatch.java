package dev.tandem.testkit.oracle;

/** The part of one partition that a micro-batch took: from {@code from} (included) to {@code until} (not included). */
public record MicroBatch(long number, int partition, long from, long until) {}
