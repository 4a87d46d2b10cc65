package dev.tandem.engine.source;

import dev.tandem.fold.StreamLedger.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A log whose micro-batches end at planned positions. Which records are late depends on where micro-batches end, so a live feed
 * whose micro-batches end by the clock has other late records in each run; with planned ends it has the same ones on any machine.
 * A micro-batch waits until the plan says where it ends and the log has come that far.
 */
public final class PlannedSource implements StreamSource {
    /** Where micro-batches end. */
    public interface Plan {
        /**
         * The first end that lies behind {@code from} in some partition; empty if it is not known yet.
         *
         * @return by partition; one that is absent ends where it begins
         */
        Optional<Map<Integer, Long>> after(Map<Integer, Long> from);
    }

    private final StreamSource log;
    private final Plan plan;

    /** @param log offers all that it has, without a limit of its own */
    public PlannedSource(StreamSource log, Plan plan) {
        this.log = log;
        this.plan = plan;
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public Map<Integer, Long> resume(Map<Integer, Long> committed) {
        return log.resume(committed);
    }

    @Override
    public Map<Integer, Long> begin(Map<Integer, Long> committed) {
        return log.begin(committed);
    }

    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        var next = plan.after(from);
        if (next.isEmpty()) {
            return from;
        }
        var end = new TreeMap<>(from);
        next.get().forEach((partition, position) -> end.merge(partition, position, Math::max));
        var there = log.end(from);
        boolean arrived =
                end.entrySet().stream().allMatch(it -> there.getOrDefault(it.getKey(), it.getValue()) >= it.getValue());
        return arrived ? end : from;
    }

    @Override
    public List<RecordRange> divide(Map<Integer, Range> ranges, int tasks) {
        return log.divide(ranges, tasks);
    }

    @Override
    public void committed(Map<Integer, Long> positions) {
        log.committed(positions);
    }

    @Override
    public void close() {
        log.close();
    }
}
