package dev.tandem.drop;

import java.util.List;

/**
 * What lies in a folder now. The last two are alarms: a file that nobody will ever read, and one whose records in the log are no
 * longer those on the disk.
 *
 * @param waiting to be taken in, by name
 * @param unfinished names that say that they are still being written
 * @param changed taken in, and other since: a second file of the same name, or one that was written on
 * @param ignored nothing that this drop reads
 */
public record Look(List<String> waiting, List<String> unfinished, List<String> changed, List<Ignored> ignored) {
    public Look {
        waiting = List.copyOf(waiting);
        unfinished = List.copyOf(unfinished);
        changed = List.copyOf(changed);
        ignored = List.copyOf(ignored);
    }

    /** A file, and why it is left alone. */
    public record Ignored(String name, String why) {}
}
