package dev.tandem.app.run;

import dev.tandem.files.Inventory;
import dev.tandem.files.MemoryInventory;
import dev.tandem.store.FileRow;
import dev.tandem.store.JdbcInventory;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files taken in from a folder, remembered beside the ledger. Read once: only one process takes in files at a time. */
final class StoredInventory implements Inventory {
    private final JdbcInventory files;
    private final Set<Long> forgotten;
    private @Nullable MemoryInventory known;

    StoredInventory(JdbcInventory files) {
        this(files, Set.of());
    }

    /** The same, some of which were given up. */
    StoredInventory(JdbcInventory files, Set<Long> forgotten) {
        this.files = files;
        this.forgotten = Set.copyOf(forgotten);
    }

    @Override
    public Set<Long> forgotten() {
        return Set.copyOf(forgotten);
    }

    @Override
    public synchronized List<Entry> entries() {
        return known().entries();
    }

    private MemoryInventory known() {
        var read = known;
        if (read == null) {
            read = new MemoryInventory();
            for (var row : files.entries()) {
                read.add(new Entry(
                        row.number(),
                        row.name(),
                        row.bytes(),
                        row.sha256(),
                        row.firstPosition(),
                        row.records(),
                        row.arrived()));
            }
            known = read;
        }
        return read;
    }

    @Override
    public synchronized void add(Entry entry) {
        known().requireNext(entry);
        files.add(new FileRow(
                entry.number(),
                entry.name(),
                entry.bytes(),
                entry.sha256(),
                entry.firstPosition(),
                entry.records(),
                entry.arrived()));
        known().add(entry);
    }
}
