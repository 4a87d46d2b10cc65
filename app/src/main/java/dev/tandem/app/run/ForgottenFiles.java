package dev.tandem.app.run;

import dev.tandem.files.Inventory.Entry;
import dev.tandem.store.JdbcTopics;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files that were taken in, lost before all of their records were counted, and given up by somebody. They are noted where losses of a topic
 * are, beside the ledger: a comparison must say what neither mode has read.
 */
record ForgottenFiles(JdbcTopics notes, Clock clock) {
    private static final String FILE = "file ";

    /** By their numbers in the inventory. */
    Set<Long> numbers() {
        return notes.entries().stream()
                .filter(it -> it.topicId().startsWith(FILE))
                .map(ForgottenFiles::number)
                .collect(Collectors.toSet());
    }

    private static long number(JdbcTopics.Entry note) {
        return Long.parseLong(note.topicId().substring(FILE.length()));
    }

    /** Notes that no record of {@code file} from position {@code from} on will ever be read. */
    void add(Entry file, long from) {
        var lost = new JdbcTopics.Part(
                0, 0, OptionalLong.of(from), OptionalLong.of(file.firstPosition() + file.records()));
        notes.add(new JdbcTopics.Entry(
                notes.entries().size() + 1L,
                FILE + file.number(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                List.of(lost)));
    }

    /** What was never read, a sentence for each file. */
    List<String> unread(List<Entry> files) {
        var unread = new ArrayList<String>();
        for (var note : notes.entries()) {
            var file = files.stream()
                    .filter(it -> note.topicId().equals(FILE + it.number()))
                    .findFirst();
            file.ifPresent(it -> note.parts()
                    .forEach(part -> unread.add("the last %d of the %d records of '%s' (forgotten at %s)"
                            .formatted(
                                    part.unreadUntil().orElseThrow()
                                            - part.unreadFrom().orElseThrow(),
                                    it.records(),
                                    it.name(),
                                    note.noted().truncatedTo(ChronoUnit.SECONDS)))));
        }
        return unread;
    }
}
