package dev.tandem.fold.stream;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.block.BlockWriter;
import java.util.ArrayList;
import java.util.List;

/** Records that groups with moving windows take in or give back, in a block for each partition by group key. */
final class GroupMoves {
    private final FoldPlan plan;
    private final List<BlockWriter> parts = new ArrayList<>();

    GroupMoves(FoldPlan plan, int groupParts) {
        this.plan = plan;
        for (int part = 0; part < groupParts; part++) {
            parts.add(new BlockWriter());
        }
    }

    void add(GroupMove move) {
        var key = new BlockWriter(64);
        key.values(move.contribution().key());
        int view = move.contribution().view();
        int part = plan.gapMicros(view) > 0 && plan.sessionsTogether()
                ? 0
                : PartialGroups.part(view, key.array(), 0, key.size(), parts.size());
        move.write(parts.get(part));
    }

    /** New blocks that begin with the moves of a part, each behind its length. */
    List<BlockWriter> blocks() {
        var blocks = new ArrayList<BlockWriter>();
        for (var moves : parts) {
            var block = new BlockWriter(Integer.BYTES + moves.size());
            block.writeBytes(moves.array(), 0, moves.size());
            blocks.add(block);
        }
        return blocks;
    }
}
