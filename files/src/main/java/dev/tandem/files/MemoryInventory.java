package dev.tandem.files;

import java.util.ArrayList;
import java.util.List;

/** Forgets with the process: for tests, and to read a folder once from its beginning. */
public final class MemoryInventory implements Inventory {
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** @throws FilesException if the entry does not follow the last one */
    @Override
    public synchronized void add(Entry entry) {
        requireNext(entry);
        entries.add(entry);
    }

    /**
     * A gap or an overlap would give records the positions of others.
     *
     * @throws FilesException if the entry does not follow the last one
     */
    public synchronized void requireNext(Entry entry) {
        long number = entries.size();
        long position = entries.isEmpty()
                ? 0
                : entries.get(entries.size() - 1).firstPosition()
                        + entries.get(entries.size() - 1).records();
        if (entry.number() != number || entry.firstPosition() != position) {
            throw new FilesException(
                    "Cannot take in %s as file %d at position %d: the next is file %d at position %d; let one stream alone read the folder"
                            .formatted(entry.name(), entry.number(), entry.firstPosition(), number, position));
        }
    }
}
