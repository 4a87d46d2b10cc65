package dev.tandem.files;

import dev.tandem.testkit.contract.InventoryContract;
import dev.tandem.testkit.contract.RecordInventory;

/** All processes of a test are one. */
class MemoryInventoryTest extends InventoryContract {
    private final MemoryInventory inventory = new MemoryInventory();

    @Override
    protected Opened open() {
        return new RecordInventory<>(Inventory.Entry.class, inventory::entries, inventory::add);
    }
}
