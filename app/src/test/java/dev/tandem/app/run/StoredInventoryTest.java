package dev.tandem.app.run;

import dev.tandem.files.Inventory.Entry;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Ddl;
import dev.tandem.store.JdbcInventory;
import dev.tandem.testkit.contract.InventoryContract;
import dev.tandem.testkit.contract.RecordInventory;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The inventory that runs use, in SQLite. */
class StoredInventoryTest extends InventoryContract {
    private static final String PIPELINE = "orders";

    @TempDir
    private Path folder = Path.of("");

    private DatabaseAddress address() {
        return new DatabaseAddress.Sqlite(folder.resolve("ledger.db"));
    }

    @BeforeEach
    void tables() {
        Ddl.createOwn(address(), PIPELINE);
    }

    @Override
    protected Opened open() {
        var inventory = new StoredInventory(new JdbcInventory(address(), PIPELINE));
        return new RecordInventory<>(Entry.class, inventory::entries, inventory::add);
    }
}
