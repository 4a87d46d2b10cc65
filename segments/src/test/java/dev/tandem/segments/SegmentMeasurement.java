package dev.tandem.segments;

import dev.tandem.feed.TweetGenerator;
import dev.tandem.fold.NamedFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to write and read segments of generated tweets: CPU time of the thread for each record, and bytes on disk. No test:
 * its numbers belong to the machine. Run its {@code main} with the test class path; arguments are the rounds and the records of each
 * file.
 */
final class SegmentMeasurement {
    private static final int RECORDS = 400_000;
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

    private final List<byte[]> tweets = new ArrayList<>(RECORDS);
    private final Path folder;
    private final SegmentPlace place;
    private final int inAFile;

    private SegmentMeasurement(int inAFile) throws IOException {
        this.inAFile = inAFile;
        folder = Files.createTempDirectory("segments");
        place = SegmentPlace.local(folder);
        var generator = new TweetGenerator(7, Instant.ofEpochMilli(START), Duration.ofMillis(1));
        for (int number = 0; number < RECORDS; number++) {
            tweets.add(generator.event(number).message());
        }
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        var measurement = new SegmentMeasurement(Integer.parseInt(arguments[1]));
        double mean =
                measurement.tweets.stream().mapToInt(it -> it.length).average().orElseThrow();
        tell("%,d tweets of %.0f bytes, %,d in a file".formatted(RECORDS, mean, measurement.inAFile));
        for (int round = 1; round <= rounds; round++) {
            measurement.round(round);
        }
        measurement.delete();
    }

    private void round(int round) throws IOException {
        long wall = System.nanoTime();
        long cpu = cpu();
        var files = new ArrayList<NamedFile>();
        for (int from = 0; from < RECORDS; from += inAFile) {
            files.add(write(round, from, Math.min(from + inAFile, RECORDS)));
        }
        double wrote = (double) (cpu() - cpu) / RECORDS;
        double waited = (double) (System.nanoTime() - wall) / files.size() / 1e6;
        long bytes = files.stream().mapToLong(NamedFile::bytes).sum();
        tell("round %d  written %.0f ns CPU a record, %.1f bytes a record, %.2f ms of wall time a file"
                .formatted(round, wrote, (double) bytes / RECORDS, waited));
    }

    private NamedFile write(int round, int from, int until) {
        var range = new SourceRange(0, from, until);
        try (var writer = new SegmentWriter(place, new Attempt("tweets", round, "measured", from), range)) {
            for (int position = from; position < until; position++) {
                var tweet = tweets.get(position);
                writer.append(0, position, START + position, SegmentWriter.PASSED, null, null, tweet, 0, tweet.length);
            }
            return writer.finish().orElseThrow();
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @SuppressWarnings("SystemOut") // this is what it is for
    private static void tell(String line) {
        System.out.println(line);
    }

    private void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
