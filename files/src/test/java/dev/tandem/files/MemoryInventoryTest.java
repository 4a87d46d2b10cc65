package dev.tandem.files;

import dev.tandem.testkit.contract.InventoryContract;

/** All processes of a test are one. */
class MemoryInventoryTest extends InventoryContract {
    private final MemoryInventory inventory = new MemoryInventory();

    @Override
    protected Opened open() {
        return new Kept(inventory);
    }
}
