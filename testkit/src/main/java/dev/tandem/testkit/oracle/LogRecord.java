package dev.tandem.testkit.oracle;

/** One record as the log has it: where it stands, when it arrived (milliseconds since 1970) and its bytes. */
@SuppressWarnings(
        "ArrayRecordComponent") // the bytes go into the oracle as they are; nobody asks whether two records are equal
public record LogRecord(int partition, long position, long arrivedMillis, byte[] value) {}
