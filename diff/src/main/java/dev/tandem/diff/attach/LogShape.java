package dev.tandem.diff.attach;

import dev.tandem.fold.Coordinates;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a log before it is read.
 *
 * @param shown as a person calls it
 * @param partitions how many it has
 * @param files for a log of files or of a table, in reading order; empty for a topic
 */
public record LogShape(String shown, int partitions, List<LogFile> files, Arrival arrival) {
    public LogShape {
        files = List.copyOf(files);
    }

    /** What is known of when a record arrived. */
    public enum Arrival {
        /** Each record has a time of arrival. */
        TIMED,
        /** A file arrives as a whole; of its records only the order is known. */
        BY_FILE,
        /** Only the order is known. */
        ORDERED
    }

    public static LogShape ofTopic(String topic, int partitions) {
        return new LogShape("topic " + topic, partitions, List.of(), Arrival.TIMED);
    }

    public static LogShape ofFiles(String folder, List<LogFile> files) {
        return new LogShape(folder, 1, files, Arrival.BY_FILE);
    }

    /**
     * A file of a log.
     *
     * @param end the position after its last record
     */
    public record LogFile(String name, long end) {}

    /** Whether records have a time of arrival: of a file only its last change is known. */
    boolean hasArrivals() {
        return arrival == Arrival.TIMED;
    }

    /** The number of the file that has a position, counted from 0. */
    int file(long position) {
        int from = 0;
        int until = files.size();
        while (from < until) {
            int middle = (from + until) >>> 1;
            if (files.get(middle).end() <= position) {
                from = middle + 1;
            } else {
                until = middle;
            }
        }
        return from;
    }

    /** As in {@code part-03.csv record 17}, for a log of files or of a table; records are counted from 1. */
    Optional<String> place(Coordinates at) {
        int number = file(at.position());
        if (number >= files.size()) {
            return Optional.empty();
        }
        long first = number == 0 ? 0 : files.get(number - 1).end();
        return Optional.of("%s record %d".formatted(files.get(number).name(), at.position() - first + 1));
    }
}
