package dev.tandem.files;

import dev.tandem.testkit.contract.InventoryContract.File;
import dev.tandem.testkit.contract.InventoryContract.Opened;
import java.util.List;

/** One of our inventories as the contract sees it. */
record Kept(Inventory inventory) implements Opened {
    @Override
    public List<File> entries() {
        return inventory.entries().stream()
                .map(it -> new File(
                        it.number(),
                        it.name(),
                        it.bytes(),
                        it.sha256(),
                        it.firstPosition(),
                        it.records(),
                        it.arrived()))
                .toList();
    }

    @Override
    public void add(File file) {
        inventory.add(entry(file));
    }

    static Inventory.Entry entry(File file) {
        return new Inventory.Entry(
                file.number(),
                file.name(),
                file.bytes(),
                file.sha256(),
                file.firstPosition(),
                file.records(),
                file.arrived());
    }
}
