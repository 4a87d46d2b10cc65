package dev.tandem.testkit.contract;

class StateStoreInMemoryTest extends MemoryStateStore {
    @Override
    MemoryStates states() {
        return new MemoryStates();
    }
}
