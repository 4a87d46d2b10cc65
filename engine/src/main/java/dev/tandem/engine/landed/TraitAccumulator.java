package dev.tandem.engine.landed;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/** Adds up what the tasks of one stage have counted, each partition once: a task may run twice when an executor is lost. */
final class TraitAccumulator extends AccumulatorV2<TraitCounts, TraitCounts> {
    private static final long serialVersionUID = 1L;

    private TraitCounts total = TraitCounts.none();
    private Set<Integer> partitions = new HashSet<>();

    static TraitAccumulator in(SparkContext context) {
        var accumulator = new TraitAccumulator();
        context.register(accumulator);
        return accumulator;
    }

    /** What a task has counted; to be called once by each. */
    @Override
    public void add(TraitCounts counts) {
        if (partitions.add(TaskContext.getPartitionId())) {
            total.merge(counts);
        }
    }

    @Override
    public void merge(AccumulatorV2<TraitCounts, TraitCounts> other) {
        if (other instanceof TraitAccumulator its && partitions.addAll(its.partitions)) {
            total.merge(its.total);
        }
    }

    @Override
    public boolean isZero() {
        return partitions.isEmpty();
    }

    @Override
    public AccumulatorV2<TraitCounts, TraitCounts> copy() {
        var copy = new TraitAccumulator();
        copy.total.merge(total);
        copy.partitions.addAll(partitions);
        return copy;
    }

    @Override
    public void reset() {
        total = TraitCounts.none();
        partitions = new HashSet<>();
    }

    @Override
    public TraitCounts value() {
        return total;
    }
}
