package dev.tandem.app.run;

import dev.tandem.drop.Inventory;
import dev.tandem.store.FileRow;
import dev.tandem.store.JdbcInventory;
import java.util.List;

/** The files of a drop, remembered beside the ledger. */
record StoredInventory(JdbcInventory files) implements Inventory {
    @Override
    public List<Entry> entries() {
        return files.entries().stream()
                .map(row -> new Entry(
                        row.number(),
                        row.name(),
                        row.bytes(),
                        row.sha256(),
                        row.firstPosition(),
                        row.records(),
                        row.arrived()))
                .toList();
    }

    @Override
    public void add(Entry entry) {
        files.add(new FileRow(
                entry.number(),
                entry.name(),
                entry.bytes(),
                entry.sha256(),
                entry.firstPosition(),
                entry.records(),
                entry.arrived()));
    }
}
