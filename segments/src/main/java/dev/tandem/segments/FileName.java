package dev.tandem.segments;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a file of the log, relative to the log's folder: {@code orders/000000000/orders-42-p3-1000-2000-RUN-17.parquet} for the
 * positions 1000 to 2000 of source partition 3, {@code orders/000000000/orders-42-fates-1-RUN-18.parquet} for the fates of dedup
 * partition 1, {@code orders/000000000/orders-42-m7-RUN-0.parquet} for the merged micro-batches 7 to 42. A thousand micro-batches share a folder.
 */
record FileName(Attempt attempt, String part) {
    static final String ENDING = ".parquet";
    /** Readers of Parquet folders skip names that begin with a dot. */
    static final String UNFINISHED_START = ".";

    static final String UNFINISHED_ENDING = ".unfinished";

    private static final int IN_A_FOLDER = 1_000;
    private static final Pattern PATTERN =
            Pattern.compile("([A-Za-z_]\\w*)-(\\d{1,18})-(p\\d+-\\d+|m\\d+|fates-\\d+)-(\\w+)-(\\d{1,18})\\.parquet");

    static FileName ofSegment(Attempt attempt, SourceRange range) {
        return new FileName(attempt, "p%d-%d".formatted(range.partition(), range.from()));
    }

    static FileName ofMerged(Attempt attempt, long first) {
        return new FileName(attempt, "m" + first);
    }

    static FileName ofFates(Attempt attempt, int partition) {
        return new FileName(attempt, "fates-" + partition);
    }

    /** Reads the last part of a path, also of an unfinished file; empty for files that are not of a landed log. */
    static Optional<FileName> read(String name) {
        boolean unfinished = name.startsWith(UNFINISHED_START) && name.endsWith(UNFINISHED_ENDING);
        var finished = unfinished
                ? name.substring(UNFINISHED_START.length(), name.length() - UNFINISHED_ENDING.length())
                : name;
        var match = PATTERN.matcher(finished);
        if (!match.matches()) {
            return Optional.empty();
        }
        var attempt = new Attempt(
                match.group(1), Long.parseLong(match.group(2)), match.group(4), Long.parseLong(match.group(5)));
        return Optional.of(new FileName(attempt, match.group(3)));
    }

    String folder() {
        return "%s/%09d".formatted(attempt.pipeline(), attempt.number() / IN_A_FOLDER);
    }

    String file() {
        return attempt.pipeline() + "-" + attempt.number() + "-" + part + "-" + attempt.run() + "-" + attempt.task()
                + ENDING;
    }

    /** The whole name. */
    String path() {
        return folder() + "/" + file();
    }

    /** The name until the file is complete. */
    String unfinished() {
        return folder() + "/" + UNFINISHED_START + file() + UNFINISHED_ENDING;
    }
}
