package dev.tandem.engine.stage;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.KeyPart;
import org.jspecify.annotations.Nullable;

/** A partition by dedup key as an executor holds it: while it is rebuilt, with what the rebuild has gathered. */
final class HeldKeys implements HeldState {
    private final KeyPart part;
    private KeyPart.@Nullable Replay replay;

    HeldKeys(FoldPlan plan) {
        part = new KeyPart(plan);
    }

    KeyPart part() {
        return part;
    }

    /** The rebuild that goes on, or a new one with {@code parts} partitions by group key. */
    KeyPart.Replay replay(Stopped stopped, int parts) {
        if (replay == null) {
            replay = part.replay(stopped.last(), parts);
        }
        return replay;
    }

    void replayed() {
        replay = null;
    }

    @Override
    public long rows() {
        return part.size();
    }

    @Override
    public long bytes() {
        return part.bytes();
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
