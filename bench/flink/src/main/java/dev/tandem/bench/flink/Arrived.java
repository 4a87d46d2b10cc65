package dev.tandem.bench.flink;

/** A message as the topic has it: its coordinates, when it arrived (milliseconds since 1970) and its bytes. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are read once and never compared
public record Arrived(int partition, long position, long arrivedMillis, byte[] value) {}
