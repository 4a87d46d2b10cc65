package dev.tandem.engine.stage;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.fold.stream.GroupPart;

/** A partition by group key as an executor holds it. */
record HeldGroups(GroupPart part, GroupsSize size) implements HeldState {
    HeldGroups(FoldPlan plan) {
        this(new GroupPart(plan), new GroupsSize());
    }

    @Override
    public long rows() {
        return part.size();
    }

    @Override
    public long bytes() {
        return size.of(part);
    }

    @Override
    public void write(StateSink sink) {
        part.write(sink);
    }

    @Override
    public void read(StateSource source) {
        part.read(source);
    }
}
