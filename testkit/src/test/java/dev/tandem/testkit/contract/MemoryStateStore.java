package dev.tandem.testkit.contract;

/** The contract over a state store in memory; all processes of a test are one. */
abstract class MemoryStateStore extends StateStoreContract {
    private final MemoryStates states = states();

    abstract MemoryStates states();

    @Override
    protected Opened open() {
        return states;
    }

    @Override
    protected Stored partition(long number, String partition) {
        return states.stored(number, partition);
    }

    @Override
    protected Stored completion(long number) {
        return states.completion(number);
    }

    @Override
    protected long size() {
        return states.size();
    }
}
