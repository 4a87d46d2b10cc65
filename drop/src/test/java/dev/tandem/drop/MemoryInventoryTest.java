package dev.tandem.drop;

class MemoryInventoryTest extends InventoryContract {
    private final MemoryInventory inventory = new MemoryInventory();

    @Override
    Inventory inventory() {
        return inventory;
    }
}
