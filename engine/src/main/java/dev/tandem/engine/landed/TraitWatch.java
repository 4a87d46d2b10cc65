package dev.tandem.engine.landed;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.PassWatch;
import dev.tandem.engine.landed.TraitSearch.FirstOf;
import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Lateness;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.EventTimes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.sql.catalyst.InternalRow;

/** Counts traits in a pass that somebody else makes over the landed log. */
public final class TraitWatch implements PassWatch {
    private static final long serialVersionUID = 1L;

    private final TraitTask task;
    private final TraitAccumulator counts;

    private TraitWatch(TraitTask task, TraitAccumulator counts) {
        this.task = task;
        this.counts = counts;
    }

    /** {@code files} of the log in the order of their positions; none for a topic. */
    public static TraitWatch of(Compiled compiled, Lateness lateness, List<FirstOf> files) {
        return new TraitWatch(TraitTask.of(compiled, lateness, files), TraitAccumulator.in(compiled.context()));
    }

    @Override
    public Watching begin() {
        var tally = new TraitTally(task, Set.of());
        return new Watching() {
            @Override
            public void take(InternalRow parsed, RecordPacker.Running packed, BlockWriter bytes) {
                tally.take(parsed, packed, bytes);
            }

            @Override
            public void done() {
                counts.add(tally.counts());
            }
        };
    }

    /** The event times of each partition that the pass has read. */
    public SortedMap<Integer, EventTimes> times() {
        return counts.value().times();
    }

    /** What the pass up to {@code cut} has counted; reads the log again where that was not enough. */
    public Map<TraitSearch.Kind, TraitSearch.Found> found(
            SparkRuntime spark, Compiled compiled, LandedLog log, EndOffsets cut) {
        return new TraitSearch(spark, compiled, log).found(counts.value(), cut, task);
    }
}
