package dev.tandem.testkit.oracle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One record as the log has it: where it stands, when it arrived (milliseconds since 1970) and its bytes. */
@SuppressWarnings(
        "ArrayRecordComponent") // the bytes go into the oracle as they are; nobody asks whether two records are equal
public record LogRecord(int partition, long position, long arrivedMillis, byte[] value) {

    /** A log of one partition, a record for each line, all of which arrived at once. */
    public static List<LogRecord> ofLines(Iterable<String> lines, long arrivedMillis) {
        var log = new ArrayList<LogRecord>();
        for (var line : lines) {
            log.add(new LogRecord(0, log.size(), arrivedMillis, line.getBytes(StandardCharsets.UTF_8)));
        }
        return log;
    }
}
