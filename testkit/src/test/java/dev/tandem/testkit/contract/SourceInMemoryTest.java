package dev.tandem.testkit.contract;

import java.util.List;

class SourceInMemoryTest extends SourceContract {
    private final List<List<String>> partitions = MemorySource.empty();

    @Override
    protected Opened open() {
        return new MemorySource(partitions);
    }

    @Override
    protected void deliver(List<String> values) {
        MemorySource.deliver(partitions, values);
    }
}
